import { useEffect, useState } from 'react';
import { ask } from './api.js';

const columns = ['customer', 'conversations', 'messages', 'questions', 'latest'];

export function Report() {
  const [rows, setRows] = useState([]);
  useEffect(() => {
    ask('/reports/customers').then(setRows);
  }, []);
  return (
    <>
      <h1>Customers and their questions</h1>
      <table className="card">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.customer}>
              {columns.map((column) => (
                <td key={column}>{row[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
