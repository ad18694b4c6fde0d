using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orrery.Server.Hosting;

namespace Orrery.Server.Artifacts;

/// <summary>The services of this feature.</summary>
internal static class ArtifactRegistration
{
    private const string Name = "artifacts";

    public static IServiceCollection AddArtifacts(this IServiceCollection services)
    {
        services.AddOptionsOf<ArtifactOptions>("Artifacts");
        services.AddSingleton<ArtifactStore>().AddSingleton<ContentLedger>();
        services.AddSingleton(Contents);
        services.AddSingleton(provider => new Spool(Path.Combine(Root(provider), "incoming-" + provider.GetRequiredService<DataFolder>().Id())));
        return services.AddHosted<ArtifactSweep>();
    }

    private static IContentStore Contents(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ArtifactOptions>>().Value;
        if (options.Store != "s3")
            return new FolderContentStore(Root(services));
        return options.LargestMb <= S3ContentStore.LargestMb
            ? new S3ContentStore(options.S3)
            : throw new InvalidOperationException($"Artifacts:LargestMb may be at most {S3ContentStore.LargestMb} with Artifacts:Store=s3.");
    }

    /// <summary>On the disk where files end up.</summary>
    private static string Root(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ArtifactOptions>>().Value.Folder ?? Path.Combine(services.GetRequiredService<DataFolder>().Path, Name);
}
