// What React Router's type generation writes for Hydrogen's preset: the context of loaders is typed.
import 'react-router';

declare module 'react-router' {
  interface Future {
    v8_middleware: true;
  }
}
