## Why what was sent to the workbench is not taken, and what to do (told-do-).

told-upload-no-table = a file is neither CSV, Parquet, a mapping nor a zip of them
told-upload-two-names = two files have one name, or there are too many
told-upload-nothing = no file was sent
told-upload-mark = the mark that these records are invented cannot be read
told-upload-large = an upload has at most { $most } MB, as sent and unpacked
told-upload-many = an upload has at most { $most } files, as unpacked
told-upload-no-room = what was sent and not loaded yet takes { $held } MB, and there is no room for more
told-upload-bomb = its { $packed } bytes unpack to more than { $size }, as no table does
told-upload-leads-out = a name in it leads out of it
told-upload-link = it holds a link or is encrypted
told-upload-archive-within = it holds another archive
told-upload-archive = the archive cannot be read ({ $why })
told-do-upload-send = send tables as .csv or .parquet, packed with .gz or .zip if you like
told-do-upload-one-zip = send one zip
told-do-upload-choose = choose the files of the extract
told-do-upload-mark = send the file as `arusha demo` wrote it; real records bear none
told-do-upload-server = have the extract put into the folder of extracts on the server
told-do-upload-fewer = send fewer
told-do-upload-discard = load or discard what was sent before, then send this again
told-do-upload-pack = pack it again
told-do-upload-pack-files = pack the files again
told-do-upload-plain = pack plain files
told-do-upload-who = ask for the extract again, and find out who made this file
