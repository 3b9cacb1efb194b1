package dev.tributary.land.objectstore;

import static dev.tributary.land.objectstore.AzureFaults.asked;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.SecretReader;
import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Azure Blob Storage. A version is an entity tag without quotes, as listings have it. */
final class AzureStore implements ObjectStore {

  private final AzureContainer container;
  private final int pageSize;

  AzureStore(AzureContainer container, int pageSize) {
    this.container = container;
    this.pageSize = pageSize;
  }

  static AzureStore open(DestinationSpec spec, SecretReader secrets) {
    return new AzureStore(AzureContainer.of(spec, secrets), 5_000);
  }

  @Override
  public Optional<Found> head(String name) throws StoreFault {
    BlockBlobClient blob = container.blob(name);
    return ifThere(
            () -> blob.getPropertiesWithResponse(null, null, Context.NONE).getValue(),
            Optional.empty())
        .map(found -> found(name, found));
  }

  @Override
  public Optional<Instant> written(String name) throws StoreFault {
    BlockBlobClient blob = container.blob(name);
    return ifThere(
            () -> blob.getPropertiesWithResponse(null, null, Context.NONE).getValue(),
            Optional.empty())
        .map(found -> found.getLastModified().toInstant());
  }

  private static Found found(String name, BlobProperties blob) {
    Map<String, String> metadata = new HashMap<>();
    blob.getMetadata().forEach((key, value) -> metadata.put(key.toLowerCase(Locale.ROOT), value));
    return new Found(name, blob.getBlobSize(), version(blob.getETag()), Map.copyOf(metadata));
  }

  @Override
  public byte[] read(Found object, long position, int length) throws StoreFault {
    BlockBlobClient blob = container.blob(object.name());
    return asked(
        () -> content(blob, new BlobRange(position, (long) length), ifMatch(object.version())));
  }

  @Override
  public Optional<byte[]> read(String name, int limit) throws StoreFault {
    BlockBlobClient blob = container.blob(name);
    return ifThere(
        () -> content(blob, new BlobRange(0, (long) limit), null),
        // no range lies in an object without bytes
        Optional.of(new byte[0]));
  }

  private static byte[] content(
      BlockBlobClient blob, BlobRange range, @Nullable BlobRequestConditions conditions) {
    DownloadRetryOptions once = new DownloadRetryOptions().setMaxRetryRequests(0);
    return blob.downloadContentWithResponse(once, conditions, range, false, null, Context.NONE)
        .getValue()
        .toBytes();
  }

  @Override
  public Page list(Scope scope, Optional<String> token) throws StoreFault {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(scope.prefix())
            .setMaxResultsPerPage(pageSize)
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    if (scope.after().startsWith(scope.prefix())) {
      options.setStartFrom(scope.after());
    }
    BlobContainerClient client = container.client();
    PagedResponse<BlobItem> page =
        asked(
            () -> {
              PagedIterable<BlobItem> all =
                  scope.flat()
                      ? client.listBlobs(options, null)
                      : client.listBlobsByHierarchy("/", options, null);
              return token
                  .map(all::iterableByPage)
                  .orElseGet(all::iterableByPage)
                  .iterator()
                  .next();
            });
    return new Page(
        page.getValue().stream()
            .filter(item -> !isFolder(item))
            .filter(item -> isAfter(item.getName(), scope.after()))
            .map(AzureStore::found)
            .toList(),
        page.getValue().stream()
            .filter(item -> Boolean.TRUE.equals(item.isPrefix()))
            .map(BlobItem::getName)
            .toList(),
        Optional.ofNullable(page.getContinuationToken()));
  }

  private static Found found(BlobItem item) {
    return new Found(
        item.getName(),
        item.getProperties().getContentLength(),
        version(item.getProperties().getETag()));
  }

  /** Accounts with a hierarchical namespace list their folders as objects, too. */
  private static boolean isFolder(BlobItem item) {
    Map<String, String> metadata = item.getMetadata();
    return Boolean.TRUE.equals(item.isPrefix())
        || (metadata != null && "true".equals(metadata.get("hdi_isfolder")));
  }

  /** A listing may begin with the name itself, or before it. */
  private static boolean isAfter(String name, String after) {
    return !name.equals(after) && Names.isAtOrAfter(name, after);
  }

  @Override
  public String put(
      String name, Body body, Map<String, String> metadata, Optional<Condition> condition)
      throws StoreFault {
    BlockBlobSimpleUploadOptions options =
        new BlockBlobSimpleUploadOptions(of(body)).setMetadata(metadata);
    condition.ifPresent(wanted -> options.setRequestConditions(conditions(wanted)));
    BlockBlobClient blob = container.blob(name);
    return changed(
        condition, () -> blob.uploadWithResponse(options, null, Context.NONE).getValue().getETag());
  }

  /** A replacement of what is not there any more is refused, not missing. */
  static String changed(Optional<Condition> condition, Supplier<String> request) throws StoreFault {
    try {
      return version(asked(request));
    } catch (StoreFault e) {
      boolean replaces = condition.flatMap(Condition::version).isPresent();
      if (replaces && AzureFaults.isMissingObject(e)) {
        throw new StoreFault(Sort.REFUSED, e.reason(), e);
      }
      throw e;
    }
  }

  @Override
  public Upload begin(String name, Map<String, String> metadata) {
    return new AzureUpload(container, name, metadata);
  }

  @Override
  public void delete(String name) throws StoreFault {
    BlockBlobClient blob = container.blob(name);
    ifThere(() -> blob.deleteWithResponse(null, null, null, Context.NONE), Optional.empty());
  }

  /** None: blocks that nobody commits have no upload to end; Azure drops them after a week. */
  @Override
  public List<Pending> pending(String prefix) {
    return List.of();
  }

  @Override
  public void abandon(Pending upload) {
    throw new IllegalArgumentException("no upload of this store is ever pending: " + upload);
  }

  @Override
  public void close() {
    // the connections are the JDK's, which closes them when they are idle
  }

  static BinaryData of(Body body) {
    return BinaryData.fromStream(body.stream(), (long) body.length());
  }

  static BlobRequestConditions conditions(Condition condition) {
    return condition
        .version()
        .map(AzureStore::ifMatch)
        .orElseGet(() -> new BlobRequestConditions().setIfNoneMatch("*"));
  }

  private static BlobRequestConditions ifMatch(String version) {
    return new BlobRequestConditions().setIfMatch('"' + version + '"');
  }

  private static String version(String entityTag) {
    return entityTag.replace("\"", "");
  }

  private static <T> Optional<T> ifThere(Supplier<T> request, Optional<T> ofNoBytes)
      throws StoreFault {
    try {
      return Optional.ofNullable(asked(request));
    } catch (StoreFault e) {
      if (AzureFaults.isMissingObject(e)) {
        return Optional.empty();
      }
      if (ofNoBytes.isPresent() && AzureFaults.isOutOfRange(e)) {
        return ofNoBytes;
      }
      throw e;
    }
  }
}
