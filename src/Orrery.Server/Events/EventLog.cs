using Npgsql;
using NpgsqlTypes;
using Orrery.Server.Storage;

namespace Orrery.Server.Events;

/// <summary>Appends events inside a transaction; <c>seq</c> counts each stream without a gap.</summary>
internal static class EventLog
{
    private const string Columns =
        "stream, seq, id, subject, subject_id, type, step_id, job_id, payload, event_timestamp, created_at, actor, late, key";

    /// <summary>Gives the events their seq, in their order, and inserts them.</summary>
    public static async Task Append(DbWork work, IReadOnlyList<EventRow> events)
    {
        if (events.Count == 0)
            return;
        foreach (var stream in events.GroupBy(row => row.Stream, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var count = stream.Count();
            var last = await Advance(work, stream.Key, count);
            var seq = last - count;
            foreach (var row in stream)
                row.Seq = ++seq;
        }
        if (work.Dialect == SqlDialect.Sqlite)
            await InsertEach(work, events);
        else
            await InsertTogether(work, events);
    }

    /// <returns>The last seq that the stream has then. A stream without a head has its first event at most, or none.</returns>
    private static async Task<long> Advance(DbWork work, string stream, int count) =>
        await work.Find<long?>("UPDATE event_heads SET last_seq = last_seq + @count WHERE stream = @stream RETURNING last_seq", new { stream, count })
        ?? await work.Scalar<long>(
            """
            INSERT INTO event_heads (stream, last_seq) VALUES (@stream, @count + COALESCE((SELECT MAX(seq) FROM events WHERE stream = @stream), 0))
            ON CONFLICT (stream) DO UPDATE SET last_seq = event_heads.last_seq + @count RETURNING last_seq
            """,
            new { stream, count });

    /// <summary>Appends the first event of each of many new streams, one a stream; a stream gets its head with its second.</summary>
    public static async Task AppendFirst(DbWork work, IReadOnlyList<EventRow> events)
    {
        foreach (var row in events)
            row.Seq = 1;
        if (work.Dialect == SqlDialect.Sqlite)
            await InsertEach(work, events);
        else
            await InsertTogether(work, events);
    }

    private static async Task InsertEach(DbWork work, IReadOnlyList<EventRow> events)
    {
        await using var command = work.Connection.CreateCommand();
        command.Transaction = work.Transaction;
        command.CommandText = $"INSERT INTO events ({Columns}) VALUES ($0,$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)";
        for (var i = 0; i < 14; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "$" + i;
            command.Parameters.Add(parameter);
        }
        foreach (var row in events)
        {
            object?[] values =
            [
                row.Stream, row.Seq, row.Id, row.Subject, row.SubjectId, row.Type, row.StepId, row.JobId, row.Payload,
                row.EventTimestamp, row.CreatedAt, row.Actor, row.Late, row.Key,
            ];
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task InsertTogether(DbWork work, IReadOnlyList<EventRow> events)
    {
        await using var command = new NpgsqlCommand(
            $"""
             INSERT INTO events ({Columns}) SELECT * FROM unnest(
                 $1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                 $10::bigint[], $11::bigint[], $12::text[], $13::boolean[], $14::text[])
             """,
            (NpgsqlConnection)work.Connection,
            (NpgsqlTransaction)work.Transaction);
        Add(NpgsqlDbType.Text, row => row.Stream);
        Add(NpgsqlDbType.Bigint, row => row.Seq);
        Add(NpgsqlDbType.Text, row => row.Id);
        Add(NpgsqlDbType.Text, row => row.Subject);
        Add(NpgsqlDbType.Text, row => row.SubjectId);
        Add(NpgsqlDbType.Text, row => row.Type);
        Add(NpgsqlDbType.Text, row => row.StepId);
        Add(NpgsqlDbType.Text, row => row.JobId);
        Add(NpgsqlDbType.Text, row => row.Payload);
        Add(NpgsqlDbType.Bigint, row => row.EventTimestamp);
        Add(NpgsqlDbType.Bigint, row => row.CreatedAt);
        Add(NpgsqlDbType.Text, row => row.Actor);
        Add(NpgsqlDbType.Boolean, row => row.Late);
        Add(NpgsqlDbType.Text, row => row.Key);
        await command.ExecuteNonQueryAsync();

        void Add<T>(NpgsqlDbType type, Func<EventRow, T> column) => command.Parameters.Add(
            new NpgsqlParameter<T[]> { TypedValue = [.. events.Select(column)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
