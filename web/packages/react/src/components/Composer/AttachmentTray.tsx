import { HaggleError, limits } from '../../client/index.ts';
import type { Upload, UploadResult } from '../../hooks/index.ts';
import { type Labels, useFormat, useLabels } from '../../labels/index.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import styles from './AttachmentTray.module.css';

/** The files that go with the message: preview, progress, what is wrong, and a way to take each back. */
export function AttachmentTray({ upload }: { upload: UploadResult }) {
  if (upload.uploads.length === 0) return null;
  return (
    <ul className={styles.tray}>
      {upload.uploads.map((each) => (
        <Attachment key={each.key} onRemove={upload.remove} onRetry={upload.retry} upload={each} />
      ))}
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
  const percent = Math.round(upload.progress * 100);
  const problem = problemOf(upload, composer);
  const canRetry = upload.problem instanceof HaggleError && upload.problem.isTemporary;
  return (
    <li className={styles.item} data-status={upload.status}>
      {upload.previewUrl ? (
        <img alt="" className={styles.preview} src={upload.previewUrl} />
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
          <span className={styles.size}>{format.size(upload.size)}</span>
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
      {canRetry && (
        <Button onClick={() => onRetry(upload.key)} small>
          {common.retry}
        </Button>
      )}
      <IconButton icon="close" label={composer.remove(upload.name)} onClick={() => onRemove(upload.key)} />
    </li>
  );
}

function problemOf({ problem, name }: Upload, words: Labels['composer']): string | null {
  if (problem === null) return null;
  if (problem === 'empty') return words.emptyFile(name);
  if (problem === 'too-many') return words.tooMany(limits.attachmentsPerMessage);
  if (problem === 'too-large' || problem.status === 413) return words.tooLarge(name, megabytes());
  return problem.status === 415 ? words.wrongType(name) : words.uploadFailed(name);
}

export function megabytes(): number {
  return Math.round(limits.attachmentBytes / (1024 * 1024));
}
