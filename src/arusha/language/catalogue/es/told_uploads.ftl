## Por qué no se acepta un envío y qué hacer (told-do-).

told-upload-no-table = un archivo no es CSV, ni Parquet, ni una correspondencia, ni un zip de ellos
told-upload-two-names = dos archivos tienen el mismo nombre, o hay demasiados
told-upload-nothing = no se envió ningún archivo
told-upload-mark = la marca que dice que estos registros son inventados no se puede leer
told-upload-large = un envío tiene { $most } MB como mucho, tal como se envía y descomprimido
told-upload-many = un envío tiene { $most } archivos como mucho, una vez descomprimido
told-upload-no-room = lo enviado y aún no cargado ocupa { $held } MB, y no hay sitio para más
told-upload-bomb = sus { $packed } bytes se descomprimen en más de { $size }, como no hace ninguna tabla
told-upload-leads-out = un nombre en él lleva fuera de él
told-upload-link = contiene un enlace o está cifrado
told-upload-archive-within = contiene otro archivo comprimido
told-upload-archive = el archivo comprimido no se puede leer ({ $why })
told-do-upload-send = envíe las tablas como .csv o .parquet, comprimidas con .gz o .zip si quiere
told-do-upload-one-zip = envíe un solo zip
told-do-upload-choose = elija los archivos del extracto
told-do-upload-mark = envíe el archivo tal como lo escribió `arusha demo`; los registros reales no llevan ninguna
told-do-upload-server = haga poner el extracto en la carpeta de extractos del servidor
told-do-upload-fewer = envíe menos
told-do-upload-discard = cargue o descarte lo enviado antes y vuelva a enviar esto
told-do-upload-pack = comprímalo de nuevo
told-do-upload-pack-files = comprima de nuevo los archivos
told-do-upload-plain = comprima archivos corrientes
told-do-upload-who = pida de nuevo el extracto y averigüe quién hizo este archivo
