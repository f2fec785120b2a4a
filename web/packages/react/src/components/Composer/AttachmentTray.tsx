import { useState } from 'react';
import { type HaggleError, isTemporary, reasonOf } from '../../client/index.ts';
import type { Upload, UploadResult } from '../../hooks/index.ts';
import { type Format, type Labels, useFormat, useLabels } from '../../labels/index.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import styles from './AttachmentTray.module.css';
import { type AllowedFiles, useAllowedFiles } from './use-allowed-files.ts';

/** The files that go with the message: preview, progress, what is wrong, and a way to take each back. */
export function AttachmentTray({ upload }: { upload: UploadResult }) {
  const { composer } = useLabels();
  if (upload.uploads.length === 0) return null;
  return (
    <ul className={styles.tray}>
      {upload.uploads.map((each) => (
        <Attachment key={each.key} onRemove={upload.remove} onRetry={upload.retry} upload={each} />
      ))}
      {upload.leftOut > 0 && <li className={styles.leftOut}>{composer.leftOut(upload.leftOut)}</li>}
    </ul>
  );
}

interface AttachmentProps {
  upload: Upload;
  onRemove: (key: string) => void;
  onRetry: (key: string) => void;
}

function Attachment({ upload, onRemove, onRetry }: AttachmentProps) {
  const { composer, common } = useLabels();
  const format = useFormat();
  // Some pictures no browser shows, and links to stored ones end.
  const [brokenPreview, setBrokenPreview] = useState<string | null>(null);
  const percent = Math.round(upload.progress * 100);
  const problem = problemOf(upload, composer, useAllowedFiles(), format);
  // What will be sent is what the server has stored, under the name that it has there.
  const newName = upload.file !== null && upload.file.name !== upload.name ? upload.file.name : null;
  return (
    <li className={styles.item} data-status={upload.status}>
      {upload.previewUrl && brokenPreview !== upload.previewUrl ? (
        <img
          alt=""
          className={styles.preview}
          onError={() => setBrokenPreview(upload.previewUrl)}
          src={upload.previewUrl}
        />
      ) : (
        <span className={styles.kind}>
          <Icon name="file" />
        </span>
      )}
      <span className={styles.about}>
        <bdi className={styles.name}>{upload.name}</bdi>
        {problem ? (
          <span className={styles.problem} role="alert">
            {problem}
          </span>
        ) : (
          <span className={styles.size}>
            {newName ? `${format.size(upload.size)} · ${composer.sentAs(newName)}` : format.size(upload.size)}
          </span>
        )}
        {upload.status === 'uploading' && (
          <progress
            aria-label={composer.uploading(upload.name)}
            className={styles.progress}
            max={100}
            value={percent}
          />
        )}
      </span>
      {isTemporary(upload) && (
        <Button onClick={() => onRetry(upload.key)} small>
          {common.retry}
        </Button>
      )}
      <IconButton icon="close" label={composer.remove(upload.name)} onClick={() => onRemove(upload.key)} />
    </li>
  );
}

function problemOf(
  { problem, name }: Upload,
  words: Labels['composer'],
  allowed: AllowedFiles,
  format: Format,
): string | null {
  if (problem === null) return null;
  switch (problem) {
    case 'empty':
      return words.emptyFile(name);
    case 'too-many':
      return words.tooMany(name, allowed.count);
    case 'too-large':
      return words.tooLarge(name, allowed.size);
    case 'folder':
      return words.folder(name);
    case 'lost':
      return words.lostFile(name);
    case 'expired':
      return words.expiredFile(name);
    default:
      if (problem.retryAfterMs !== null)
        return words.uploadLimited(name, format.duration(problem.retryAfterMs));
      return refusalOf(problem, name, words, allowed);
  }
}

/** What the server said, in its own words where it was about this file alone. */
function refusalOf(
  problem: HaggleError,
  name: string,
  words: Labels['composer'],
  allowed: AllowedFiles,
): string {
  if (problem.status === 413) return words.tooLarge(name, allowed.size);
  if (problem.status === 415) return words.wrongType(name, allowed.kinds);
  const { file: ofFile } = problem.fields;
  if (ofFile) return words.uploadRefused(name, ofFile.charAt(0).toLowerCase() + ofFile.slice(1));
  const why = problem.kind === 'refused' ? reasonOf(problem) : '';
  return why === '' ? words.uploadFailed(name) : `${words.uploadFailed(name)} ${why}`;
}
