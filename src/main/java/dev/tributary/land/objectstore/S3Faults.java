package dev.tributary.land.objectstore;

import dev.tributary.land.objectstore.StoreFault.Sort;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What S3's replies mean. */
final class S3Faults {

  /** Said with a status that is otherwise for good. */
  private static final Set<String> TRANSIENT =
      Set.of(
          "RequestTimeout",
          "IncompleteBody",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "InternalError",
          "SlowDown");

  private S3Faults() {}

  /** Makes a request; whatever goes wrong comes out as a fault. */
  static <T> T asked(Supplier<T> request) throws StoreFault {
    try {
      return request.get();
    } catch (UnreadableSecret e) {
      throw new StoreFault(Sort.DENIED, "its secret cannot be read", e);
    } catch (AwsServiceException e) {
      throw new StoreFault(sort(e), reason(e), e, retryAfter(e));
    } catch (SdkClientException e) {
      throw clientFault(e);
    } catch (SdkException e) {
      throw new StoreFault(Sort.UNCLEAR, "the request broke off", e);
    }
  }

  /** A HEAD has no body to name what is missing: then it is the object. */
  static boolean isMissingObject(StoreFault fault) {
    return fault.sort() == Sort.MISSING
        && fault.getCause() instanceof AwsServiceException e
        && (e.awsErrorDetails() == null || !"NoSuchBucket".equals(e.awsErrorDetails().errorCode()));
  }

  private static StoreFault clientFault(SdkClientException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreadableSecret secret) {
        return new StoreFault(Sort.DENIED, "its secret cannot be read", secret);
      }
    }
    String text = String.valueOf(e.getMessage());
    if (text.contains("Unable to load credentials")) {
      return new StoreFault(Sort.DENIED, "no credentials were found", e);
    }
    return new StoreFault(Sort.UNCLEAR, "no answer", e);
  }

  private static Sort sort(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : "" + e.awsErrorDetails().errorCode();
    if (TRANSIENT.contains(code)) {
      return Sort.UNCLEAR;
    }
    int status = e.statusCode();
    return switch (status) {
      case 412 -> Sort.REFUSED;
      case 401, 403 -> Sort.DENIED;
      case 404 -> Sort.MISSING;
      case 501 -> Sort.INVALID;
      // 409: another request to the same object is under way, and this one may pass after it
      case 408, 409, 425, 429 -> Sort.UNCLEAR;
      // 400: an expired token is said so; 200: a completion that failed while it was being answered
      default ->
          code.equals("ExpiredToken")
              ? Sort.DENIED
              : status < 300 || status >= 500 ? Sort.UNCLEAR : Sort.INVALID;
    };
  }

  private static String reason(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    String told = message == null || message.isBlank() ? "" : ": " + Complaints.clause(message);
    return "the store answered " + e.statusCode() + told;
  }

  private static @Nullable String retryAfter(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? null
        : details.sdkHttpResponse().firstMatchingHeader("Retry-After").orElse(null);
  }
}
