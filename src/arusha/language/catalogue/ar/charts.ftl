# الكلمات الثابتة في الرسوم: المفتاح وملاحظات المحاور وأعمدة الجداول.

chart-no-value = لا قيمة
chart-interval = { $low } إلى { $high }
chart-flagged = غير معتاد: خارج عن المتوقع
chart-explained = خرج عن المتوقع وتفسّره السجلات
chart-within = ضمن التباين المتوقع
chart-within-grid = ضمن التباين المتوقع (النقطة الأكبر تعني عددًا أكبر)
chart-limit-95 = حد { $level } (التباين المتوقع)
chart-limit-998 = حد { $level }
chart-limit-wide = حد { $level } مع مراعاة الفروق العادية بين الوحدات
chart-zero-zone = المنطقة الرمادية: دون { $n } لا يُعد حتى الصفر منخفضًا على نحو غير معتاد
chart-position-not-rank = الموقع في هذا الرسم ليس ترتيبًا. الحدود للرسم فقط، أما وصف كل وحدة فمصدره الاختبار الخاص بها في الجدول.
chart-beyond-edge = علامات قليلة البيانات تقع فوق حدود الرسم وقد رُسمت عند حافته، وعددها { $n }.
chart-funnel-alternative =
    رسم نقطي يمثّل { $units }. أفقيًا: { $x }. عموديًا: { $y }. تضيق الحدود المنحنية كلما زاد حجم ما فُحص.
    عدد الخارج عن المتوقع: { $flagged }، وهو مذكور في جدول هذا السؤال.
    وعدد ما خرج عن المتوقع وتفسّره السجلات: { $explained }.
chart-column-units = الوحدات
chart-column-middle = القيمة الوسطى
chart-column-middle-95 = أوسط { $share } من الوحدات
chart-column-flagged = غير معتاد
chart-column-explained = مفسَّر
chart-column-raw = قبل التقليص
chart-column-shrunken = بعد التقليص
chart-column-interval = المجال
chart-column-observed = المرصود
chart-column-expected = المتوقع
chart-column-ratio = المرصود / المتوقع
chart-column-office = المكتب
chart-column-n = البيانات الجمركية
chart-column-rate = المعدل المرصود
chart-column-lane-from = المسار المحدَّد
chart-column-lane-to = المسار عند التخليص
chart-column-outcome = النتيجة
chart-column-share = الحصة من الكل

chart-shrunken = التقدير بعد التقليص مع مجاله
chart-raw = قبل التقليص
chart-band = الشريط الرمادي: أوسط { $share } من الوحدات الأخرى وعددها { $n }
chart-caterpillar-note = الوحدات مرتبة ترتيبًا محايدًا. والاختبار هو ما يقرر غير المعتاد، لا شمول المجال للمتوقع. والتقليص يقرّب الوحدات القليلة البيانات من المتوسط: فقلة البيانات قربه تعني «لا يمكن الجزم»، لا «سليم».
chart-caterpillar-alternative =
    عدد الوحدات: { $n }، صف لكل منها، بترتيب محايد. أفقيًا: { $x }. عدد المجالات التي تشمل القيمة { $benchmark }: { $touching }. الخارج عن المتوقع: { $flagged }.

chart-matrix-corner = عموديًا: { $rows }. أفقيًا: { $columns }.
chart-matrix-flagged = إطار سميك: غير معتاد. إطار رفيع: خرج عن المتوقع وتفسّره السجلات
chart-matrix-reading = كل خانة: المرصود / المتوقع. الخانة الفارغة: المتوقع أقل من 1، وهو أقل من أن يقول شيئًا. النقطة: لم يُختبر.
chart-matrix-cell = { $observed } / { $expected }
chart-matrix-note = الموظفون والمُصرِّحون مرتبون ترتيبًا محايدًا. والمجالات مذكورة مع الأرقام التي يقوم عليها هذا الرسم.
chart-matrix-alternative =
    شبكة: عموديًا { $rows } وأفقيًا { $columns }. عدد الأزواج المختبرة: { $n }، ولكل زوج ناتج قسمة المرصود على المتوقع.
    عدد ما زاد فيه المرصود بمقدار النصف أو أكثر: { $over }. الخارج عن المتوقع: { $flagged }.

chart-rate-seen = المعدل المرصود مع مجاله
chart-rates-alternative =
    عدد المعدلات مع مجالاتها: { $n }. أفقيًا: { $x }. عدد المجالات التي تشمل ({ $parameter }): { $inside }. الخارج عن المتوقع: { $flagged }.

chart-rates-alone-alternative = عدد المعدلات مع مجالاتها: { $n }. أفقيًا: { $x }. الخارج عن المتوقع: { $flagged }.
chart-rates-floor-alternative = عدد المعدلات مع مجالاتها: { $n }. أفقيًا: { $x }. عدد المجالات الواقعة كلها دون ({ $parameter }): { $below }. الخارج عن المتوقع: { $flagged }.
chart-rates-left-out = معدلات أخرى موجودة في جداول رسوم هذا السؤال في المجلد «tables»، وعددها { $n }.

chart-alluvial-from = المسار المحدَّد
chart-alluvial-to = المسار عند التخليص
chart-alluvial-outcome = النتيجة
chart-alluvial-other = تدفقات أخرى أصغر
chart-alluvial-alternative = تنتقل البيانات الجمركية وعددها { $n } من المسار المحدَّد إلى المسار عند التخليص ثم إلى النتيجة. أكبر تدفق هو { $largest }، أي { $share } من الكل.
chart-alluvial-note = دُمجت التدفقات التي تقل عن { $least } بيانات جمركية.
chart-concentration-seen = الحصة من ضريبة كل البضائع المقارنة، مع مجالها
chart-concentration-alternative = { $y }. الوحدات الأولى (عددها { $first }): { $share }. الوحدات كلها (عددها { $all }): { $whole }. وبينها نقاط مع مجالاتها.
chart-concentration-note = تُرتَّب الوحدات بنصف الأسابيع وتُحسب بالنصف الآخر، فلا يضيف التشويش شيئًا. ولا يُسمّى أحد. والحصة السالبة تعني أسعارًا أعلى من أسعار البضائع المماثلة.

chart-calendar-gap = بإطار: لا بيانات، مع أن للمكتب بيانات قبله وبعده
chart-calendar-note = التظليل: حتى نصف الشهر الأوسط للمكتب، ثم حتى مرة ونصف، ثم أكثر. النقطة: قبل أول شهر له أو بعد آخره. وقد يُقطع الشهران الأول والأخير بحدود الفترة.
chart-calendar-thousands = الأرقام بالآلاف.
chart-calendar-alternative = البيانات الجمركية لعدد { $rows } من المكاتب في { $columns } من الأشهر؛ وعدد الأشهر الخالية بين أول شهر للمكتب وآخره { $gaps }.

chart-shares-seen = الحصة مع مجالها
chart-shares-expected = المتوقع من التحميلات السابقة
chart-shares-out = غير معتاد: فوق المتوقع
chart-shares-alternative = عدد الحصص بترتيب الزمن، ولكل منها مجالها: { $n }. عموديًا: { $value }. فوق المتوقع: { $out }. ما سبقه أقل من أن يُتوقع منه شيء: { $unknown }.
chart-shares-left-out = الأقدم في الجدول وحده، وعددها { $n }.

chart-study-treated = الوحدات المشمولة بالإجراء
chart-study-others = الوحدات الأخرى
chart-study-start = خط عمودي: بدء الإجراء
chart-study-announced = خط عمودي منقط: الإعلان عنه
chart-study-effect = الأثر، مع نطاق يشملها كلها معًا
chart-study-reference = آخر فترة قبل البدء: صفر بحكم الحساب
chart-study-other = وحدة غير مشمولة
chart-study-diamond = معيّن: الوحدات المشمولة مجتمعة
chart-study-note = كل نقطة فرق عن آخر فترة قبل البدء، فما قبله يبين هل كانت الوحدات تسير معًا؛ وإن لم يظهر فرق فذلك لا يثبت إلا القليل، لأن هذه الاختبارات قلما ترى الانحرافات البطيئة.
chart-study-note-all = كل نقطة فرق عن متوسط كل الفترات قبل البدء، فما قبله يبين هل كانت الوحدات تسير معًا؛ وإن لم يظهر فرق فذلك لا يثبت إلا القليل، لأن هذه الاختبارات قلما ترى الانحرافات البطيئة.
chart-study-means-alternative = { $y }، عدد الفترات { $n }، من { $first } إلى { $last }: متوسط الوحدات المشمولة بالإجراء (خط سميك) ومتوسط الوحدات الأخرى (خط متقطع).
chart-study-effects-alternative = الآثار حسب الفترات منذ البدء (عددها { $n }). نطاقات لا تضم الصفر: { $before } قبل البدء، و{ $after } من { $since } منذ البدء.
chart-study-spread-alternative = تغيرات الوحدات غير المشمولة (عددها { $n }) إلى جانب تغير الوحدات المشمولة بالإجراء، { $treated }؛ و{ $beyond } منها بالبعد نفسه عن الصفر.
chart-threshold-line = خط قائم: الحدّ
chart-threshold-within = ممتلئ: الجهة المربحة
chart-threshold-beyond = مفرّغ: ما وراء الحدّ
chart-threshold-placebo = خط قائم منقّط: لا تبدأ هنا قاعدة
chart-threshold-side = الجهة
chart-threshold-alternative = القيم المصرّح بها (عددها { $n }) في فئات (عددها { $bins }) حول الحدّ { $at }: { $within } في آخر فئة من الجهة المربحة، و{ $beyond } في أول فئة وراءه.
chart-timeline-rows = السجلات
chart-timeline-towards = تشير إليها
chart-timeline-away = تشير إلى العكس
chart-timeline-neither = لا تُحسب في أي اتجاه
chart-timeline-month = الشهر
chart-timeline-alternative = سجلات بحسب الشهر، وعدد الأشهر: { $n }. ما يشير إلى الإشارة: { $towards }. ما يشير إلى العكس: { $away }. ما لا يُحسب في أي اتجاه: { $neither }.
chart-timeline-left-out = أشهر أقدم توجد في الجدول وحده، وعددها: { $n }.
