import type { Labels } from './labels.ts';
import { pluralsOf } from './plural.ts';

const n = pluralsOf('ar');

export const arabic: Labels = {
  locale: 'ar',
  direction: 'rtl',
  common: {
    cancel: 'إلغاء',
    close: 'إغلاق',
    retry: 'أعد المحاولة',
    back: 'العودة إلى المحادثات',
    dismiss: 'إخفاء',
    loading: 'جارٍ التحميل',
    loadMore: 'تحميل المزيد',
    online: 'متصل',
    you: 'أنت',
    formerAdmin: 'مشرف سابق',
    failed: 'حدث خطأ. حاول مرة أخرى.',
  },
  role: { buyer: 'مشترٍ', supplier: 'مورّد', admin: 'مشرف' },
  type: { all: 'الكل', buyer_supplier: 'تجارة', buyer_admin: 'الإدارة', support: 'الدعم' },
  problem: {
    signedOut: { title: 'انتهت جلستك', hint: 'سجّل الدخول ثم حاول مرة أخرى. لم يضع شيء مما كتبته.' },
    forbidden: {
      title: 'لا يحق لك الاطلاع على هذا',
      hint: 'هذا يخص أشخاصًا آخرين، أو تغيّرت صلاحياتك. يمكن لإدارة السوق أن تخبرك بالمزيد.',
    },
    gone: { title: 'لم يعد هذا موجودًا', hint: 'حُذفت المحادثة، أو العنوان غير مكتمل.' },
    refused: { title: 'رفض الخادم هذا الطلب' },
    limited: {
      title: 'طلبات كثيرة في وقت قصير',
      hint: (wait) => `يطلب الخادم أن تنتظر ${wait}.`,
    },
    offline: {
      title: 'غير متاح بلا اتصال',
      hint: 'لم يُفتح هذا على هذا الجهاز من قبل. سيظهر عند عودة الاتصال.',
    },
    unreachable: {
      title: 'تعذّر الوصول إلى الخادم',
      hint: 'ربما انقطع اتصالك. ستُعاد المحاولة عند عودة الاتصال.',
    },
    server: {
      title: 'لم يتمكن الخادم من الرد',
      hint: (requestId) =>
        requestId === null
          ? 'ليس الخطأ منك. حاول مرة أخرى بعد قليل.'
          : `ليس الخطأ منك. حاول مرة أخرى بعد قليل، وإن استمر فأخبر الدعم بهذا الرقم: \u2068${requestId}\u2069`,
    },
    broken: { title: 'توقّف هذا الجزء عن العمل', hint: 'بقية الصفحة تعمل، وما كتبته محفوظ.' },
    restart: 'تشغيله من جديد',
  },
  connection: {
    offline: 'أنت غير متصل. يمكنك متابعة القراءة، وسيُرسل ما تكتبه عند عودة الاتصال.',
    reconnecting: 'جارٍ إعادة الاتصال…',
    replaced: 'المحادثة مفتوحة في نافذة أخرى، لذلك توقفت هذه النافذة.',
    useHere: 'استخدمها هنا',
    signedOut: 'انتهت جلستك. سجّل الدخول مرة أخرى للمتابعة.',
    waiting: (count) =>
      n(count, {
        one: 'رسالة واحدة تنتظر الإرسال.',
        two: 'رسالتان تنتظران الإرسال.',
        few: '# رسائل تنتظر الإرسال.',
        other: '# رسالة تنتظر الإرسال.',
      }),
  },
  list: {
    title: 'المحادثات',
    search: 'ابحث عن أشخاص أو شركات أو منتجات',
    clearSearch: 'مسح البحث',
    filter: 'عرض',
    empty: 'لا توجد محادثات بعد',
    emptyHint: (role) => {
      if (role === 'supplier') return 'يظهر هنا المشترون الذين يسألون عن منتجاتك.';
      if (role === 'admin') return 'تظهر هنا محادثات المشترين والموردين.';
      return 'افتح منتجًا واسأل مورّده. ستبقى محادثاتك محفوظة هنا.';
    },
    noMatch: (words) => `لا نتائج لـ «\u2068${words}\u2069»`,
    noMatchHint: 'تحقّق من الإملاء أو جرّب كلمات أقل. يشمل البحث الأسماء والشركات والمنتجات وآخر رسالة.',
    noneOfKind: (kind) => `لا محادثات ضمن «${kind}»`,
    noneOfKindHint: 'قد تكون لديك محادثات من نوع آخر.',
    showAll: 'عرض كل المحادثات',
    noMessages: 'لا رسائل بعد',
    draft: 'مسودة:',
    you: 'أنت:',
    unread: (count) =>
      n(count, {
        one: 'رسالة واحدة غير مقروءة',
        two: 'رسالتان غير مقروءتين',
        few: '# رسائل غير مقروءة',
        other: '# رسالة غير مقروءة',
      }),
    about: (product) => `بخصوص ${product}`,
  },
  thread: {
    label: (name) => `الرسائل مع ${name}`,
    choose: 'اختر محادثة',
    chooseHint: 'اختر واحدة من القائمة لتقرأ وتردّ.',
    empty: 'ابدأ بالتحية',
    emptyHint: (name, isTrade) =>
      `هذه بداية محادثتك مع ${name}.${isTrade ? ' الكمية والوجهة والموعد بداية جيدة.' : ''}`,
    loadingOlder: 'جارٍ تحميل الرسائل الأقدم',
    start: 'بداية المحادثة',
    newMessages: 'رسائل جديدة',
    jump: 'إلى الأحدث',
    jumpUnread: (count) =>
      n(count, {
        one: 'رسالة جديدة، انتقل إلى الأحدث',
        two: 'رسالتان جديدتان، انتقل إلى الأحدث',
        few: '# رسائل جديدة، انتقل إلى الأحدث',
        other: '# رسالة جديدة، انتقل إلى الأحدث',
      }),
    typing: (names) => (names.length === 1 ? `${names[0]} يكتب` : 'عدة أشخاص يكتبون'),
    sending: 'جارٍ الإرسال',
    queued: 'بانتظار الإرسال',
    sent: 'أُرسلت',
    delivered: 'وصلت',
    read: 'قُرئت',
    notSent: 'لم تُرسل',
    discard: 'حذف',
    joined: (name) => `انضم ${name} إلى المحادثة`,
    left: (name) => `غادر ${name} المحادثة`,
    says: (name, text) => `${name}: ${text}`,
    image: (name) => `صورة ${name}`,
    downloadFile: 'تنزيل',
    viewImage: (name) => `عرض ${name}`,
    product: 'المنتج',
    viewProduct: 'عرض المنتج',
  },
  composer: {
    label: (name) => `رسالة إلى ${name}`,
    placeholder: 'اكتب رسالة',
    send: 'إرسال',
    attach: 'إرفاق ملفات',
    drop: 'أفلت الملفات لإرفاقها',
    keys: 'للإرسال اضغط \u2068Enter\u2069، ولسطر جديد اضغط \u2068Shift + Enter\u2069',
    files: (count, megabytes) =>
      `حتى ${count} ملفات بحجم ${megabytes} م.ب: صور وPDF ونص وCSV وWord وExcel وZIP`,
    remove: (name) => `إزالة ${name}`,
    uploading: (name) => `جارٍ رفع ${name}`,
    uploaded: (name) => `أُرفق ${name}`,
    uploadFailed: (name) => `تعذّر رفع ${name}.`,
    tooLong: (over) =>
      n(over, { one: 'حرف زائد', two: 'حرفان زائدان', few: '# أحرف زائدة', other: '# حرفًا زائدًا' }),
    remaining: (count) =>
      n(count, { one: 'بقي حرف واحد', two: 'بقي حرفان', few: 'بقيت # أحرف', other: 'بقي # حرفًا' }),
    tooLarge: (name, megabytes) => `${name} أكبر من ${megabytes} م.ب.`,
    wrongType: (name) => `لا يمكن إرسال ${name}. المسموح: الصور وPDF والنص وCSV وWord وExcel وZIP.`,
    emptyFile: (name) => `${name} فارغ.`,
    tooMany: (limit) => `يمكن إرفاق ${limit} ملفات بالرسالة.`,
    limited: (seconds) =>
      n(seconds, {
        one: 'أرسلت بسرعة. يمكنك الإرسال بعد ثانية، ونصّك محفوظ.',
        two: 'أرسلت بسرعة. يمكنك الإرسال بعد ثانيتين، ونصّك محفوظ.',
        few: 'أرسلت بسرعة. يمكنك الإرسال بعد # ثوانٍ، ونصّك محفوظ.',
        other: 'أرسلت بسرعة. يمكنك الإرسال بعد # ثانية، ونصّك محفوظ.',
      }),
    readingAlong: 'أنت تقرأ فقط. انضم لتكتب، وسيرى الطرفان انضمامك.',
  },
  header: {
    details: 'التفاصيل',
    lastSeen: (when) => `آخر ظهور ${when}`,
    offline: 'غير متصل',
    unknown: 'الحالة غير معروفة',
    join: 'انضمام',
    leave: 'مغادرة',
    placeTaken: 'يوجد مشرف آخر في هذه المحادثة.',
    waitingForSupport: 'بانتظار مشرف',
  },
  details: {
    title: 'التفاصيل',
    people: 'الأشخاص',
    product: 'المنتج',
    type: 'النوع',
    started: 'بدأت',
    lastMessage: 'آخر رسالة',
    messages: 'الرسائل',
  },
  admin: {
    title: 'كل المحادثات',
    view: 'العرض',
    all: 'الكل',
    mine: 'محادثاتي',
    unassigned: 'بالانتظار',
    onlineNow: 'المتصلون الآن',
    nobodyOnline: 'لا أحد متصل.',
    onlineUnknown: 'غير معروف من دون اتصال.',
    queueEmpty: 'لا أحد ينتظر',
    queueEmptyHint: 'تظهر هنا طلبات الدعم التي لا مشرف لها. انضم إلى طلب لتتولاه.',
    openFailed: 'تعذّر فتح المحادثة.',
  },
  audit: {
    title: 'النشاط',
    empty: 'لم يُسجَّل شيء بعد.',
    times: (count) => n(count, { one: 'مرة واحدة', two: 'مرتان', few: '# مرات', other: '# مرة' }),
    somebody: 'شخص لديه رابط',
    action: {
      created: 'بدأ المحادثة',
      opened: 'فتحها من جديد',
      joined: 'انضم',
      left: 'غادر',
      sent: 'أرسل رسالة',
      viewed: 'اطّلع عليها دون انضمام',
      downloaded: 'نزّل ملفًا',
      refused: 'رُفض طلبه',
    },
  },
  widget: {
    open: 'فتح المحادثة',
    close: 'إغلاق المحادثة',
    title: 'الرسائل',
    ask: (product) => `اسأل عن ${product}`,
    starting: 'جارٍ فتح المحادثة',
    startFailed: 'تعذّر فتح المحادثة.',
    startLimited: (seconds) =>
      n(seconds, {
        one: 'فتحت محادثات كثيرة. حاول بعد ثانية.',
        two: 'فتحت محادثات كثيرة. حاول بعد ثانيتين.',
        few: 'فتحت محادثات كثيرة. حاول بعد # ثوانٍ.',
        other: 'فتحت محادثات كثيرة. حاول بعد # ثانية.',
      }),
    contactSupport: 'تواصل مع الدعم',
  },
  signals: {
    title: (count, title) => `(${count}) ${title}`,
    soundOn: 'تشغيل الصوت',
    soundOff: 'إيقاف الصوت',
    notify: 'السماح بالإشعارات',
    attachment: 'أرسل ملفًا',
  },
};
