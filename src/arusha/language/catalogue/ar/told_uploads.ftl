## لماذا لا يُقبل ما أُرسل، وما العمل (told-do-).

told-upload-no-table = ملف ليس CSV ولا Parquet ولا مطابقة ولا أرشيف zip منها
told-upload-two-names = لملفين اسم واحد، أو الملفات أكثر من اللازم
told-upload-nothing = لم يُرسل أي ملف
told-upload-mark = لا يمكن قراءة العلامة التي تقول إن هذه السجلات مختلقة
told-upload-large = حد الإرسال { $most } ميغابايت، كما أُرسل وبعد فك الضغط
told-upload-many = حد ملفات الإرسال { $most } بعد فك الضغط
told-upload-no-room = ما أُرسل ولم يُحمَّل بعد يشغل { $held } ميغابايت، ولا مكان للمزيد
told-upload-bomb = بايتاته الـ { $packed } تنفك إلى أكثر من { $size }، ولا يفعل ذلك أي جدول
told-upload-leads-out = اسم فيه يقود إلى خارجه
told-upload-link = يحتوي على رابط أو هو مشفّر
told-upload-archive-within = يحتوي على أرشيف آخر
told-upload-archive = لا يمكن قراءة الأرشيف ({ $why })
told-do-upload-send = أرسل الجداول بصيغة .csv أو .parquet، مضغوطة بـ .gz أو .zip إن شئت
told-do-upload-one-zip = أرسل ملف zip واحدًا
told-do-upload-choose = اختر ملفات المستخلص
told-do-upload-mark = أرسل الملف كما كتبه `arusha demo`؛ فالسجلات الحقيقية لا تحمل أي علامة
told-do-upload-server = اطلب وضع المستخلص في مجلد المستخلصات على الخادم
told-do-upload-fewer = أرسل عددًا أقل
told-do-upload-discard = حمّل ما أُرسل من قبل أو تخلّص منه، ثم أعد إرسال هذا
told-do-upload-pack = اضغطه من جديد
told-do-upload-pack-files = اضغط الملفات من جديد
told-do-upload-plain = اضغط ملفات عادية
told-do-upload-who = اطلب المستخلص من جديد، واعرف من صنع هذا الملف
