using System.Net;
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
        if (await Exists(file.Sha256, ct))
            return;
        await using var bytes = File.OpenRead(file.Path);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = Key(file.Sha256), InputStream = bytes, AutoCloseStream = false, UseChunkEncoding = false }, ct);
    }

    public async Task<Stream> Open(string sha256, long sizeBytes, CancellationToken ct) => await Exists(sha256, ct)
        ? new RangedStream(sizeBytes, (start, cancellation) => From(sha256, start, sizeBytes, cancellation))
        : throw new FileNotFoundException("There is no such object in the bucket.");

    public async Task Place(string sha256, string path, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetObjectAsync(options.Bucket, Key(sha256), ct);
            await using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead,
            });
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            await answer.ResponseStream.CopyToAsync(file, ct);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException("There is no such object in the bucket.", missing);
        }
    }

    public Task Remove(string sha256, CancellationToken ct) => client.DeleteObjectAsync(options.Bucket, Key(sha256), ct);

    public void Dispose() => client.Dispose();

    private async Task<bool> Exists(string sha256, CancellationToken ct)
    {
        try
        {
            await client.GetObjectMetadataAsync(options.Bucket, Key(sha256), ct);
            return true;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<Stream> From(string sha256, long start, long size, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = options.Bucket, Key = Key(sha256) };
        if (start > 0)
            request.ByteRange = new ByteRange(start, size - 1);
        var answer = await client.GetObjectAsync(request, ct);
        return answer.ResponseStream;
    }

    private string Key(string sha256) => options.Prefix + sha256;
}
