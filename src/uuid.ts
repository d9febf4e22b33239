const SHAPE = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a value is a UUID, of any version. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && SHAPE.test(value);
