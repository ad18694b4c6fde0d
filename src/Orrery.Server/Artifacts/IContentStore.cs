namespace Orrery.Server.Artifacts;

/// <summary>The service that keeps the bytes does not answer, or refuses.</summary>
internal sealed class ContentUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>Keeps bytes under their SHA-256. What is kept never changes; keeping it again is harmless. Every call throws <see cref="ContentUnavailableException"/> when it cannot be made now.</summary>
internal interface IContentStore
{
    /// <summary>Returns when the bytes are durable; the file is taken over or left for its owner to delete.</summary>
    /// <exception cref="Storage.StorageFullException">There is no room for it; nothing of it is left.</exception>
    Task Keep(SpooledFile file, CancellationToken ct);

    /// <summary>Its bytes, seekable.</summary>
    /// <exception cref="FileNotFoundException">They are not here.</exception>
    Task<Stream> Open(string sha256, long sizeBytes, CancellationToken ct);

    /// <summary>Makes a read-only file of this machine of it, whose folder is there and which is not.</summary>
    /// <exception cref="FileNotFoundException">The bytes are not here.</exception>
    Task Place(string sha256, string path, CancellationToken ct);

    Task Remove(string sha256, CancellationToken ct);
}
