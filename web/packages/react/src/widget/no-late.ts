/* The words of menus and dialogs come with those. */
export const lateEnglish = {};
export const lateArabic = {};
