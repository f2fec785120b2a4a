import { Component, type ReactNode } from 'react';
import { useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { Notice } from '../Notice/Notice.tsx';
import styles from './Boundary.module.css';

interface BoundaryProps {
  /** Another one is another content: what broke belonged to the one before. */
  of?: string | null | undefined;
  /** One of many: a line in its place is enough. */
  isItem?: boolean;
  /** Another way on than starting again. */
  actions?: ReactNode;
  children: ReactNode;
}

interface BoundaryState {
  isBroken: boolean;
  of: string | null | undefined;
}

/** Around each piece of the page: when it breaks, the others go on, and it can be started again. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { isBroken: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ of }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return of === state.of ? null : { isBroken: false, of };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    if (this.props.isItem) return <BrokenItem />;
    return <Broken actions={this.props.actions} onRestart={() => this.setState({ isBroken: false })} />;
  }
}

function BrokenItem() {
  const { problem } = useLabels();
  return <p className={styles.item}>{problem.brokenItem}</p>;
}

function Broken({ actions, onRestart }: { actions: ReactNode; onRestart: () => void }) {
  const { problem } = useLabels();
  return (
    <Notice hint={problem.broken.hint} icon="alert" title={problem.broken.title} tone="danger">
      <Button icon="retry" onClick={onRestart}>
        {problem.restart}
      </Button>
      {actions}
    </Notice>
  );
}
