using Microsoft.Extensions.DependencyInjection;
using Orrery.Planning.Catalog;
using Orrery.Server.Agents;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Fleet;
using Orrery.Server.Identity;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;
using Orrery.Server.Workloads;
using Orrery.Server.Workloads.Ground;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Hosting;

/// <summary>Every service of the server, by feature.</summary>
internal static class OrreryServices
{
    public static IServiceCollection AddOrrery(this IServiceCollection services, IDatabase database)
    {
        services.AddOptionsOf<AgentOptions>("Agents").AddOptionsOf<ReconcileOptions>("Reconcile").AddOptionsOf<RetentionOptions>("Retention")
            .AddOptionsOf<PlanningSettings>("Planning");
        services.AddSingleton<Signals>().AddSingleton<EventQueries>().AddSingleton<EventStream>().AddSingleton<PrometheusText>();
        services.AddSingleton<IdentityStore>().AddSingleton<PrincipalCache>().AddSingleton<Sessions>().AddSingleton<SessionLimiter>()
            .AddSingleton<CallerResolver>().AddSingleton<KeyMaker>();
        services.AddSingleton(FleetFile.Configuration).AddSingleton<FleetStore>().AddSingleton<FleetView>().AddSingleton<FleetSeeder>();
        services.AddSingleton(_ => new ContactCatalog()).AddSingleton(FleetFile.Planner);
        services.AddSingleton<PlanService>().AddSingleton<DefaultMode>().AddSingleton<BookingStore>().AddSingleton<WorkloadStore>()
            .AddSingleton<WorkloadQueries>().AddSingleton<WorkloadSubmission>().AddSingleton<WorkloadCanceller>();
        services.AddSingleton<StageObserver>().AddSingleton<StageDispatcher>().AddSingleton<StageRetry>().AddSingleton<WorkloadReconciler>().AddSingleton<GroundStages>()
            .AddSingleton<SimulatedFleet>();
        services.AddSingleton<DeploymentStore>().AddSingleton<DeploymentRunner>().AddSingleton<EventPosting>().AddSingleton<EventRateLimiter>();
        services.AddSingleton<AgentStore>().AddSingleton<WorkPoll>();
        services.AddSingleton<Idempotency>().AddSingleton<Readiness>().AddSingleton<FirstStart>();
        services.AddArtifacts();
        services.AddSingleton<ProgramEnv>().AddSingleton<ProgramInputs>().AddSingleton<StagePrograms>().AddSingleton<SimulatedPrograms>().AddOptionsOf<ProgramOptions>("Programs");
        services.AddClusters(database);
        services.AddHosted<EventAppender>().AddHosted<WorkloadLeases>().AddHosted<ReconcileHost>().AddHosted<RetentionSweep>();
        if (database is PostgresDatabase postgres)
            services.AddSingleton(postgres).AddHosted<PostgresSignals>();
        return services;
    }

    internal static IServiceCollection AddOptionsOf<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    internal static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
