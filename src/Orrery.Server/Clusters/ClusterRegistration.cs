using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Backends.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.Logs;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Ground;

namespace Orrery.Server.Clusters;

/// <summary>The services of this feature.</summary>
internal static class ClusterRegistration
{
    public static IServiceCollection AddClusters(this IServiceCollection services, IDatabase database)
    {
        if (database.Dialect == SqlDialect.Sqlite)
            services.AddSingleton<WorkloadIndex>().AddSingleton<IWorkloadLister, IndexedWorkloadLister>(); // nobody else writes the file
        else
            services.AddSingleton<IWorkloadLister, SqlWorkloadLister>();
        services.AddOptionsOf<ClusterOptions>("Clusters").AddOptionsOf<KubernetesOptions>("Kubernetes");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ClusterOptions>>().Value);
        services.AddSingleton<EnvBox>().AddSingleton<ClusterStore>().AddSingleton<WorkspaceStore>().AddSingleton<WorkspaceDirectory>().AddSingleton<ClusterSeeder>();
        services.AddSingleton<DependencyReader>().AddSingleton<Membership>().AddSingleton<CronFiring>().AddSingleton<RunSpecReader>().AddSingleton<ClusterServices>();
        services.AddSingleton<ClusterRegistry>().AddSingleton<ClusterLeases>().AddSingleton<KubernetesConnections>().AddSingleton<ClusterIdentity>().AddSingleton<ClusterChanges>();
        services.AddSingleton<BackendFactory>().AddSingleton<IBackendOpener, LocalBackends>().AddSingleton<IBackendOpener, KubernetesBackends>().AddSingleton<KeptLogs>();
        services.AddSingleton<RequestContexts>().AddSingleton<WorkloadCreation>().AddSingleton<WorkloadActions>().AddSingleton<WorkloadPatching>()
            .AddSingleton<WorkloadCloning>().AddSingleton<NodePorts>();
        services.AddSingleton<WaitReader>().AddSingleton<WorkloadQueries>().AddSingleton<PodLogs>().AddSingleton<EventPages>()
            .AddSingleton<WorkspaceChanges>().AddSingleton<WorkspaceViews>();
        services.AddSingleton<IGroundRuns, ClusterGroundRuns>();
        services.AddHosted<ClusterHost>().AddHosted<WorkloadCreator>().AddHosted<ClusterSweep>().AddHosted<OutputCollector>();
        return services;
    }
}
