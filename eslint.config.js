import { builtinModules } from 'node:module';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const builtins = builtinModules.flatMap((name) => [name, `node:${name}`]);

export default tseslint.config(
  { ignores: ['node_modules', '.cache', '.data', 'web', '**/*.cjs', '**/*.js', '**/*.mjs'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  prettier,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      complexity: ['error', 10],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/return-await': ['error', 'always'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['workflows/**', 'contracts/**', 'domain/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'performance', 'queueMicrotask', 'setImmediate'],
      '@typescript-eslint/no-restricted-imports': ['error', { paths: builtins }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
          message: 'a module is shared by all workflows of a worker: it keeps nothing',
        },
      ],
    },
  },
  {
    ignores: ['config/**', 'tests/**', 'scripts/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'use config/env.ts' }],
    },
  },
  // Handlers change a workflow's state between awaits, which flow analysis cannot see.
  { files: ['workflows/**'], rules: { '@typescript-eslint/no-unnecessary-condition': 'off' } },
  {
    files: ['domain/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'pass `now` in' },
        { object: 'Math', property: 'random', message: 'pass a source in' },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'tests/**', 'bench/**'],
    rules: { 'no-console': 'off', 'max-lines-per-function': 'off', '@typescript-eslint/require-await': 'off' },
  },
);
