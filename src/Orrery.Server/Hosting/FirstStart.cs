using Orrery.Server.Clusters;
using Orrery.Server.Fleet;
using Orrery.Server.Identity;

namespace Orrery.Server.Hosting;

/// <summary>Makes what a new installation needs: the admin with a key in the data folder, the bundled fleet.</summary>
internal sealed class FirstStart(IdentityStore identity, FleetSeeder fleet, ClusterSeeder clusters, DataFolder folder, TimeProvider clock)
{
    public async Task Prepare(CancellationToken ct)
    {
        await fleet.Seed(ct);
        await clusters.Seed(ct);
        if (await identity.HasUsers(ct))
            return;
        var admin = new UserRow { Id = Ids.New("usr"), Name = "admin", Role = Roles.Admin, CreatedAt = clock.GetUtcNow() };
        var secret = ApiKeys.New(test: false);
        var key = new KeyRow
        {
            Id = Ids.New("key"),
            UserId = admin.Id,
            Name = "first admin key",
            Kind = "user",
            Prefix = ApiKeys.Prefix(secret),
            Hash = ApiKeys.Hash(secret),
            CreatedAt = clock.GetUtcNow(),
        };
        folder.WriteAdminKey(secret); // before the rows: a key nobody knows would be lost for good
        if (!await identity.AddFirst(admin, key, ct))
            folder.RemoveAdminKey(); // another replica was first
    }
}
