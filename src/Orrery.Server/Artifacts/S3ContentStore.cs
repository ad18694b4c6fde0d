using System.Net;
using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Orrery.Server.Artifacts;

/// <summary>Objects named by their hash in a bucket of any service that speaks the S3 protocol.</summary>
internal sealed class S3ContentStore : IContentStore, IDisposable
{
    /// <summary>Of one object that is sent at once, 10^6 bytes (the protocol's 5 GB).</summary>
    public const long LargestMb = 5_000;

    private const int Chunk = 128 * 1024;
    private const string NoBucket = "NoSuchBucket";

    /// <summary>An upload that is slower has stopped.</summary>
    private const long SlowestBytesPerS = 1_000_000;

    private readonly S3Options options;
    private readonly AmazonS3Client client;

    /// <exception cref="InvalidOperationException">The options name no bucket, or half a pair of keys.</exception>
    public S3ContentStore(S3Options options)
    {
        this.options = options;
        if (options.Bucket.Length == 0)
            throw new InvalidOperationException("Artifacts:S3:Bucket is required with Artifacts:Store=s3.");
        if (options.AccessKey is null != options.SecretKey is null)
            throw new InvalidOperationException("Artifacts:S3 needs AccessKey and SecretKey, or neither.");
        var configuration = new AmazonS3Config
        {
            // Services other than Amazon's know paths only, and not all know the newer checksums.
            ForcePathStyle = options.Endpoint is not null,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
            (configuration.ServiceURL, configuration.AuthenticationRegion) = (endpoint.ToString(), options.Region);
        else
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        client = options.AccessKey is { } key
            ? new AmazonS3Client(new BasicAWSCredentials(key, options.SecretKey), configuration)
            : new AmazonS3Client(configuration);
    }

    public async Task Keep(SpooledFile file, CancellationToken ct)
    {
        if (await Length(file.Sha256, ct) == file.SizeBytes)
            return; // one that is shorter is what is left of a service that was killed: it is sent again
        await using var bytes = File.OpenRead(file.Path);
        var request = new PutObjectRequest { BucketName = options.Bucket, Key = Key(file.Sha256), InputStream = bytes, AutoCloseStream = false, UseChunkEncoding = false };
        await Timed(cancellation => client.PutObjectAsync(request, cancellation), Patience + TimeSpan.FromSeconds(file.SizeBytes / SlowestBytesPerS), ct);
    }

    public async Task<Stream> Open(string sha256, long sizeBytes, CancellationToken ct)
    {
        if (await Length(sha256, ct) == sizeBytes)
            return new RangedStream(
                sizeBytes, (start, cancellation) => From(sha256, start, sizeBytes, cancellation),
                (answer, buffer, cancellation) => Timed(limit => answer.ReadAsync(buffer, limit).AsTask(), Patience, cancellation));
        await CheckBucket(ct); // the answer to a HEAD does not say what is missing
        throw Missing();
    }

    public async Task Place(string sha256, string path, CancellationToken ct)
    {
        try
        {
            using var answer = await Timed(cancellation => client.GetObjectAsync(options.Bucket, Key(sha256), cancellation), Patience, ct);
            await using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead,
            });
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            if (await Copy(answer.ResponseStream, file, ct) == sha256)
                return;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            throw Missing(missing);
        }
        catch
        {
            File.Delete(path); // it is asked for again
            throw;
        }
        File.Delete(path);
        throw Missing();
    }

    public Task Remove(string sha256, CancellationToken ct) => Timed(cancellation => client.DeleteObjectAsync(options.Bucket, Key(sha256), cancellation), Patience, ct);

    public void Dispose() => client.Dispose();

    private static FileNotFoundException Missing(Exception? inner = null) => new("There is no such object in the bucket, or it is not whole.", inner);

    /// <returns>The hash of what was copied, in hexadecimal digits.</returns>
    private async Task<string> Copy(Stream from, Stream to, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        int read;
        while ((read = await Timed(cancellation => from.ReadAsync(buffer, cancellation).AsTask(), Patience, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <returns>Null when there is no such object.</returns>
    private async Task<long?> Length(string sha256, CancellationToken ct)
    {
        try
        {
            return (await Timed(cancellation => client.GetObjectMetadataAsync(options.Bucket, Key(sha256), cancellation), Patience, ct)).ContentLength;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private Task CheckBucket(CancellationToken ct) =>
        Timed(cancellation => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Bucket, Prefix = options.Prefix, MaxKeys = 1 }, cancellation), Patience, ct);

    /// <exception cref="ContentUnavailableException">The service cannot be reached, takes a connection and does not answer, or refuses.</exception>
    private static async Task<T> Timed<T>(Func<CancellationToken, Task<T>> call, TimeSpan patience, CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(patience, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, clock.Token);
        try
        {
            return await call(limit.Token);
        }
        catch (OperationCanceledException slow) when (!ct.IsCancellationRequested)
        {
            throw new ContentUnavailableException($"The S3 service did not answer for {patience.TotalSeconds:0} s.", slow);
        }
        catch (AmazonServiceException refused) when (refused.StatusCode != HttpStatusCode.NotFound || refused.ErrorCode == NoBucket)
        {
            throw new ContentUnavailableException($"The S3 service refuses: {refused.ErrorCode ?? refused.StatusCode.ToString()}.", refused);
        }
        catch (Exception away) when (away is AmazonClientException or HttpRequestException or IOException)
        {
            throw new ContentUnavailableException("The S3 service cannot be reached.", away);
        }
    }

    private async Task<Stream> From(string sha256, long start, long size, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = options.Bucket, Key = Key(sha256) };
        if (start > 0)
            request.ByteRange = new ByteRange(start, size - 1);
        var answer = await Timed(cancellation => client.GetObjectAsync(request, cancellation), Patience, ct);
        return answer.ResponseStream;
    }

    private TimeSpan Patience => TimeSpan.FromSeconds(options.TimeoutS);

    private string Key(string sha256) => options.Prefix + sha256;
}
