// For the generated schema, which lies where npm packages are not found.
export { jsonToConvex } from "convex/values";
