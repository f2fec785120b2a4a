import type { LateLabels } from './late.ts';

export const lateArabic: LateLabels = {
  menu: {
    message: (name) => `رسالة من ${name}`,
    react: 'تفاعل',
    moreReactions: 'تفاعلات أخرى',
    reply: 'ردّ',
    copy: 'نسخ النص',
    quote: 'اقتباس',
    copyLink: 'نسخ الرابط',
    correct: 'تصحيح',
    takeBack: 'سحب الرسالة…',
    report: 'إبلاغ…',
    versions: 'النسخ السابقة',
    copied: 'نُسخ النص',
    linkCopied: 'نُسخ الرابط',
    copyFailed: 'لم يسمح متصفحك بالنسخ.',
  },
  takeBack: {
    title: 'هل تريد سحب هذه الرسالة؟',
    hint: 'لن يتمكن أحد من قراءتها. سيرى الطرفان أنك سحبت رسالة.',
    removeTitle: 'هل تريد إزالة هذه الرسالة؟',
    removeHint: 'لن يتمكن أي من الطرفين من قراءتها، وسيريان أن مشرفًا أزالها.',
    reason: 'السبب',
    confirm: 'سحب',
  },
  versions: {
    title: 'النسخ السابقة',
    hint: 'لا يراها إلا المشرفون.',
    empty: 'لا توجد نسخ سابقة.',
  },
};
