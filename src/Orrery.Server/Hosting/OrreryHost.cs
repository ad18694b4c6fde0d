using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Json;
using Orrery.Server.Agents;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Deployments;
using Orrery.Server.Errors;
using Orrery.Server.Fleet;
using Orrery.Server.Identity;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;
using Orrery.Server.Workloads;

namespace Orrery.Server.Hosting;

/// <summary>Builds the server; the caller starts and stops it.</summary>
public static class OrreryHost
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Opens data folder and database, brings both to this version, and wires the server up.</summary>
    /// <exception cref="InvalidOperationException">The data folder is in use.</exception>
    /// <exception cref="ArgumentException">A setting cannot be used.</exception>
    public static Task<WebApplication> Build(ServerSettings settings) => Build(settings, _ => { });

    /// <param name="settings">What it is started with.</param>
    /// <param name="replace">Puts services of its own in the place of others, after all are registered.</param>
    internal static async Task<WebApplication> Build(ServerSettings settings, Action<IServiceCollection> replace)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var clock = TimeProvider.System;
        var folder = DataFolder.Open(settings.DataFolder);
        var masterKey = MasterKey.Load(folder, sharedDatabase: settings.Database is not null);
        var database = await DatabaseFactory.Open(folder.Path, settings.Database, clock);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        Configure(builder, settings);
        builder.Services.AddSingleton(_ => folder).AddSingleton(_ => database).AddSingleton(clock).AddSingleton(_ => new SecretBox(masterKey)).AddOrrery(database); // factories: the container disposes what it made
        replace(builder.Services);
        var app = builder.Build();
        _ = app.Services.GetRequiredService<PrometheusText>(); // counts from here on, not from the first look at /metrics
        await app.Services.GetRequiredService<FirstStart>().Prepare(CancellationToken.None);
        await app.Services.GetRequiredService<ClusterStore>().LoadIndex(CancellationToken.None);
        Map(app);
        app.Lifetime.ApplicationStarted.Register(() => folder.WriteUrl(Address(app)));
        return app;
    }

    private static void Configure(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Configuration.AddEnvironmentVariables("ORRERY__");
        builder.Configuration.AddInMemoryCollection(settings.Configuration.Select(Pair).GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last()));
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.Converters.Add(new UtcTimeConverter());
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Default);
        });
        builder.Services.AddOpenApi();
    }

    private static KeyValuePair<string, string?> Pair(string setting) => setting.Split('=', 2) is [var key, var value]
        ? new KeyValuePair<string, string?>(key, value)
        : throw new ArgumentException($"'{setting}' must look like Section:Name=value.", nameof(setting));

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        app.MapSystem();
        app.MapIdentity();
        app.MapFleet();
        app.MapWorkloads();
        app.MapDeployments();
        app.MapAgents();
        app.MapArtifacts();
        app.MapClusterWorkloads();
        app.MapPods();
        app.MapWorkspaces();
        app.MapClusters();
        app.MapOpenApi("/openapi/v1.json").Allow(AccessRule.Open);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "Orrery");
        });
    }

    private static string Address(WebApplication app)
    {
        var first = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return first.Replace("://0.0.0.0:", $"://{IPAddress.Loopback}:").Replace("://[::]:", $"://{IPAddress.Loopback}:");
    }
}
