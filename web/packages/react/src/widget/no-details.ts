export const LazyDetails = () => null;
