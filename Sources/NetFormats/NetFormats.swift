// NetFormats
