import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { makeQueryClient } from '../api/query-client.js';
import { makeRouter } from './routes.js';
import { cssVariables, theme } from './theme.js';
import { useKeptFocus } from './use-kept-focus.js';

const colorScheme = localStorageColorSchemeManager({ key: 'lastcopy.color-scheme' });
/** The gateway lets in only styles that carry the number it drew for this page. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
// What keeps the page from scrolling behind a drawer writes a style of its own, and looks for the number under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

export function App() {
  const [client] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  useKeptFocus();
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
