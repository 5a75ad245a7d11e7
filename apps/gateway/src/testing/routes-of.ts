import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { declaredPermission } from '../http/auth.guard.js';

export interface FoundRoute {
  method: string;
  path: string;
  /** What the route's decorators declare; null when they declare nothing. */
  declares: string | null;
}

type Handler = (...args: unknown[]) => unknown;

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
const pathsOf = (target: object): string[] => [Reflect.getMetadata('path', target) as string | string[]].flat();
const methodNames = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH'];

function routesOfController(controller: new () => object): FoundRoute[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const handlers = Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor' && typeof prototype[name] === 'function')
    .map((name) => prototype[name] as Handler);
  return handlers
    .filter((handler) => Reflect.hasMetadata('path', handler))
    .flatMap((handler) => {
      const method = methodNames[Reflect.getMetadata('method', handler) as number] ?? 'ALL';
      const declares = declaredPermission(handler, controller);
      return pathsOf(controller).flatMap((base) => pathsOf(handler).map((path) => ({ method, path: joined(base, path), declares })));
    });
}

/** Every route of every controller of the application, with what it declares. */
export function routesOf(app: INestApplication): FoundRoute[] {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  const controllers = new Set(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype)));
  return [...controllers].flatMap((controller) => routesOfController(controller as new () => object));
}

interface Layer {
  name: string;
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

/** What the HTTP server itself routes, controllers or not: the ground truth, and the names of what is mounted without a route. */
export function expressRoutes(app: INestApplication): { routes: { method: string; path: string }[]; middleware: string[] } {
  const { stack } = (app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } }).router;
  const routes = stack.flatMap(({ route }) =>
    route
      ? [route.path].flat().flatMap((path) =>
          Object.keys(route.methods).map((method) => ({
            method: method.toUpperCase(),
            path: path === '/' ? path : path.replace(/\/$/, ''),
          })),
        )
      : [],
  );
  return { routes, middleware: stack.filter(({ route }) => !route).map(({ name }) => name) };
}
