import { animationOf } from '../gifts/animation.ts';
import { bytesField, intField, longField, objectField } from '../tl/value.ts';
import { fileReference, stickerAccessHash } from './gift-objects.ts';
import { refuse, seconds, type MethodContext, type Methods } from './method.ts';

const MAX_CHUNK = 1024 * 1024;

function getFile({ dc, request, user }: MethodContext) {
  user();
  const location = objectField(request, 'location');
  if (location._ !== 'inputDocumentFileLocation') refuse(400, 'LOCATION_INVALID');
  const id = longField(location, 'id').toString();
  const gift = dc.store.gifts.find(({ stickerId }) => stickerId === id) ?? refuse(400, 'FILE_ID_INVALID');
  if (stickerAccessHash(dc, gift) !== longField(location, 'access_hash')) refuse(400, 'FILE_ID_INVALID');
  const reference = bytesField(location, 'file_reference');
  const isFresh = fileReference(dc, gift, 0).equals(reference) || fileReference(dc, gift, 1).equals(reference);
  if (!isFresh) refuse(400, 'FILE_REFERENCE_EXPIRED');
  const [offset, limit] = [Number(longField(request, 'offset')), intField(request, 'limit')];
  if (offset < 0 || limit <= 0 || limit > MAX_CHUNK) refuse(400, 'LIMIT_INVALID');
  const bytes = animationOf(gift.stickerSeed).subarray(offset, offset + limit);
  return { _: 'upload.file', type: { _: 'storage.fileUnknown' }, mtime: seconds(gift.releasedAt), bytes };
}

/** Downloads. */
export const fileMethods: Methods = { 'upload.getFile': getFile };
