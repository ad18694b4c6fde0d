using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orrery.Orbits;
using Orrery.Planning;
using Orrery.Planning.Catalog;

namespace Orrery.Server.Hosting;

/// <summary>The fleet's physics and the planner on it, as the configuration wants them.</summary>
internal static class FleetFile
{
    /// <exception cref="InvalidOperationException">The file is not a sound configuration.</exception>
    public static FleetConfiguration Configuration(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<PlanningSettings>>().Value.FleetFile is not { } file)
            return FleetConfiguration.Default;
        var configuration = FleetConfigurationReader.Read(File.ReadAllBytes(file));
        return configuration.Problems() is { Count: > 0 } problems
            ? throw new InvalidOperationException($"{file}: {string.Join(" ", problems)}")
            : configuration;
    }

    public static Planner Planner(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<PlanningSettings>>().Value;
        return new Planner(
            services.GetRequiredService<ContactCatalog>(),
            new PlanningOptions { Tariff = new Tariff { OcuPerStage = settings.OcuPerStage, CentsPerOcu = settings.CentsPerOcu } });
    }
}
