#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take variable arguments, which Swift cannot call: one function a type.

static inline CURLcode moru_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode moru_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode moru_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*moru_curl_receive)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode moru_curl_set_receive(CURL *handle, CURLoption option, moru_curl_receive value) {
    return curl_easy_setopt(handle, option, value);
}

typedef int (*moru_curl_progress)(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up);

static inline CURLcode moru_curl_set_progress(CURL *handle, moru_curl_progress value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode moru_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}
