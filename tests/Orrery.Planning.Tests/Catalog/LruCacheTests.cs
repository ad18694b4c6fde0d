using Orrery.Planning.Catalog;

namespace Orrery.Planning.Tests.Catalog;

public sealed class LruCacheTests
{
    [Fact]
    public void What_was_used_last_is_kept()
    {
        var made = new List<int>();
        var cache = new LruCache<int, int>(2, _ => 1);
        foreach (var key in new[] { 1, 2, 1, 3, 1, 2 })
            cache.Get(key, Make).ShouldBe(key);

        made.ShouldBe([1, 2, 3, 2]);

        int Make(int key)
        {
            made.Add(key);
            return key;
        }
    }

    [Fact]
    public void A_value_is_made_once_under_concurrent_use()
    {
        var made = 0;
        var cache = new LruCache<int, int>(10, _ => 1);

        Parallel.For(0, 200, _ => cache.Get(1, _ => Interlocked.Increment(ref made)));

        made.ShouldBe(1);
    }
}
