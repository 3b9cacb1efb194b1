package dev.tributary.land.objectstore;

import com.azure.core.exception.AzureException;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Azure's replies mean. */
final class AzureFaults {

  /** The first line: after it come the request's number and time, and what was signed. */
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^\\n<]*)");

  /** Refusals for what is at the name now. */
  private static final Set<BlobErrorCode> CONDITIONS =
      Set.of(
          BlobErrorCode.BLOB_ALREADY_EXISTS,
          BlobErrorCode.CONDITION_NOT_MET,
          BlobErrorCode.TARGET_CONDITION_NOT_MET,
          // a rival's change dropped our blocks
          BlobErrorCode.INVALID_BLOCK_LIST);

  private AzureFaults() {}

  /** Makes a request; whatever goes wrong comes out as a fault. */
  static <T> T asked(Supplier<T> request) throws StoreFault {
    try {
      return request.get();
    } catch (ClientAuthenticationException e) {
      throw new StoreFault(Sort.DENIED, "no credentials were found, or they were refused", e);
    } catch (HttpResponseException e) {
      throw new StoreFault(sort(e), reason(e), e, retryAfter(e));
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  static boolean isMissingObject(StoreFault fault) {
    return fault.sort() == Sort.MISSING
        && !BlobErrorCode.CONTAINER_NOT_FOUND.equals(code(fault.getCause()));
  }

  static boolean isOutOfRange(StoreFault fault) {
    return BlobErrorCode.INVALID_RANGE.equals(code(fault.getCause()));
  }

  /** A request that got no reply; anything else is a fault of ours, and stays what it is. */
  private static StoreFault broken(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new StoreFault(Sort.UNCLEAR, "it was interrupted", e);
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof AzureException) {
        return new StoreFault(Sort.UNCLEAR, "no answer", e);
      }
    }
    throw e;
  }

  private static Sort sort(HttpResponseException e) {
    BlobErrorCode code = code(e);
    if (code != null && CONDITIONS.contains(code)) {
      return Sort.REFUSED;
    }
    int status = status(e);
    return switch (status) {
      case 401, 403 -> Sort.DENIED;
      case 404 -> Sort.MISSING;
      case 408, 425, 429 -> Sort.UNCLEAR;
      // with a code it is a lease, a policy or the kind of blob, which no look changes
      case 409 -> code == null ? Sort.UNCLEAR : Sort.INVALID;
      case 412 -> code == null ? Sort.REFUSED : Sort.INVALID;
      default -> status >= 500 || status == 0 ? Sort.UNCLEAR : Sort.INVALID;
    };
  }

  private static @Nullable BlobErrorCode code(@Nullable Throwable e) {
    return e instanceof BlobStorageException answer ? answer.getErrorCode() : null;
  }

  private static int status(HttpResponseException e) {
    return e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
  }

  private static String reason(HttpResponseException e) {
    Matcher message = MESSAGE.matcher(String.valueOf(e.getMessage()));
    String told =
        message.find()
            ? Complaints.clause(message.group(1))
            : Optional.ofNullable(code(e)).map(BlobErrorCode::toString).orElse("");
    return "the store answered " + status(e) + (told.isEmpty() ? "" : ": " + told);
  }

  private static @Nullable String retryAfter(HttpResponseException e) {
    return e.getResponse() == null
        ? null
        : e.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER);
  }
}
