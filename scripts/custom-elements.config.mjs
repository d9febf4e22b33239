/** How the custom-elements manifest is made: of the element's own comments, and as the package ships it. */
const source = 'src/element/mechanic-form.ts';
const shipped = 'dist/element/index.js';

const isPublic = ({ name, privacy }) => privacy !== 'private' && !name.endsWith('Callback');

export default {
  globs: [source, 'src/element/index.ts'],
  outdir: 'dist',
  plugins: [
    {
      name: 'as-shipped',
      packageLinkPhase({ customElementsManifest }) {
        const element = customElementsManifest.modules
          .find(({ path }) => path === source)
          .declarations.find(({ customElement }) => customElement);
        element.members = element.members.filter(isPublic);
        element.superclass = { name: 'HTMLElement' };
        const declaration = { name: element.name, module: shipped };
        // One file is shipped, whatever it is made of.
        customElementsManifest.modules = [
          {
            kind: 'javascript-module',
            path: shipped,
            declarations: [element],
            exports: [
              { kind: 'js', name: element.name, declaration },
              { kind: 'custom-element-definition', name: element.tagName, declaration },
            ],
          },
        ];
      },
    },
  ],
};
