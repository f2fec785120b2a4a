import { errorFromStatus, HaggleError } from './errors.ts';
import { limits } from './limits.ts';
import type { TokenSource } from './token.ts';
import type { FileInfo } from './types.ts';

interface UploadOptions {
  signal: AbortSignal;
  /** 0 to 1. */
  onProgress: (share: number) => void;
}

export type UploadFile = (file: File, options: UploadOptions) => Promise<FileInfo>;

/** XMLHttpRequest, because `fetch` cannot tell how far an upload is. */
export function createUploadFile(baseUrl: string, tokens: TokenSource): UploadFile {
  const url = `${baseUrl}/api/chat/attachments`;
  return async (file, options) => {
    const token = await tokens.get();
    try {
      return await post(url, token, file, options);
    } catch (error) {
      if (!(error instanceof HaggleError) || error.status !== 401 || !tokens.usesTokens) throw error;
      tokens.refuse(token);
      return post(url, await tokens.get(), file, options);
    }
  };
}

function post(url: string, token: string | null, file: File, options: UploadOptions): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    const cancelled = () => new HaggleError('aborted', 'The upload was cancelled');
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => {
      request.abort();
      reject(cancelled());
    };
    request.open('POST', url);
    request.timeout = limits.uploadTimeoutMs;
    request.withCredentials = token === null;
    if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) options.onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status === 201) resolve(body as FileInfo);
      else reject(errorFromStatus(request.status, request.getResponseHeader('Retry-After'), body));
    };
    request.onerror = () => reject(new HaggleError('network', 'The server could not be reached'));
    request.ontimeout = () => reject(new HaggleError('timeout', 'The upload took too long'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
