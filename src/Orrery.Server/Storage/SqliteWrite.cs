namespace Orrery.Server.Storage;

/// <summary>One waiting write; its caller hears of it only after the commit.</summary>
internal abstract class SqliteWrite
{
    public abstract Task Run(DbWork unit);

    public abstract void Complete();

    public abstract void Fail(Exception error);
}

internal sealed class SqliteWrite<T>(Func<DbWork, Task<T>> work) : SqliteWrite
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? value;

    public Task<T> Result => completion.Task;

    public override async Task Run(DbWork unit) => value = await work(unit);

    public override void Complete() => completion.TrySetResult(value!);

    public override void Fail(Exception error) => completion.TrySetException(error);
}
