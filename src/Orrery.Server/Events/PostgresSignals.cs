using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orrery.Server.Storage;

namespace Orrery.Server.Events;

/// <summary>Carries signals between replicas over NOTIFY, many in one message.</summary>
internal sealed partial class PostgresSignals(PostgresDatabase database, Signals signals, TimeProvider clock, ILogger<PostgresSignals> logger)
    : BackgroundService
{
    private const string ChannelName = "orrery_changed";
    private const int MostPerMessage = 100; // an id is under 40 bytes and a NOTIFY payload under 8,000
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    private readonly Guid self = Guid.NewGuid();
    private readonly Channel<string> outgoing = Channel.CreateBounded<string>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.ChangedHere += id => outgoing.Writer.TryWrite(id);
        await Task.WhenAll(Keep(Send, stoppingToken), Keep(Listen, stoppingToken));
    }

    private async Task Keep(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.Interrupted(logger, error.Message);
                await Task.Delay(Reconnect, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Send(CancellationToken ct)
    {
        while (await outgoing.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Gather, clock, ct);
            var ids = new HashSet<string>(StringComparer.Ordinal);
            while (ids.Count < MostPerMessage && outgoing.Reader.TryRead(out var id))
                ids.Add(id);
            var message = $"{self:N} {string.Join(' ', ids)}";
            await database.Read(db => db.ExecuteAsync("SELECT pg_notify(@ChannelName, @message)", new { ChannelName, message }), ct);
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Deliver(notification);
        await connection.ExecuteAsync($"LISTEN {ChannelName}");
        while (!ct.IsCancellationRequested)
            await connection.WaitAsync(ct);
    }

    private void Deliver(NpgsqlNotificationEventArgs notification)
    {
        var parts = notification.Payload.Split(' ');
        if (parts[0] == self.ToString("N"))
            return;
        foreach (var id in parts.Skip(1))
            signals.ReceiveFromElsewhere(id);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Signals between replicas are interrupted: {Reason}")]
        public static partial void Interrupted(ILogger logger, string reason);
    }
}
