/** The market's sign: a boat at the quay. */
export function Mark() {
  return (
    <svg aria-hidden="true" height="28" viewBox="0 0 64 64" width="28">
      <rect fill="var(--haggle-accent)" height="64" rx="15" width="64" />
      <path d="M14 39h36l-5 11H19Z" fill="var(--haggle-on-accent)" />
      <path d="M31 14v20H17Zm5 6v14h11Z" fill="var(--haggle-on-accent)" opacity=".82" />
    </svg>
  );
}
