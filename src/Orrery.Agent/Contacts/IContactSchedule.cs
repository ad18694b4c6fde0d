namespace Orrery.Agent.Contacts;

/// <summary>When a satellite can talk to the ground.</summary>
public interface IContactSchedule
{
    /// <summary>The same time when there is contact at it, else the beginning of the next contact; never earlier.</summary>
    DateTimeOffset NextContact(DateTimeOffset from);
}
