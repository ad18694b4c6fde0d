namespace Orrery.Planning.Verification;

/// <summary>The codes of <see cref="PlanViolation"/>.</summary>
public static class ViolationCodes
{
    public const string UnknownSatellite = "unknown_satellite";
    public const string UnknownStation = "unknown_station";
    public const string ElementsMissing = "elements_missing";
    public const string ElementsExpired = "elements_expired";
    public const string SatelliteAvoided = "satellite_avoided";
    public const string SatelliteShared = "satellite_shared";
    public const string WorkChanged = "work_changed";
    public const string MemoryExceeded = "memory_exceeded";
    public const string FinishedChanged = "finished_changed";
    public const string StartsEarly = "starts_early";
    public const string InputLate = "input_late";
    public const string SentBeforeHeld = "sent_before_held";
    public const string DataLost = "data_lost";
    public const string LegsOutOfOrder = "legs_out_of_order";
    public const string TransferKindWrong = "transfer_kind_wrong";
    public const string ContactWrong = "contact_wrong";
    public const string DelayWrong = "delay_wrong";
    public const string NoLineOfSight = "no_line_of_sight";
    public const string OutOfRange = "out_of_range";
    public const string BelowElevation = "below_elevation";
    public const string OverCapacity = "over_capacity";
    public const string SatelliteConflict = "satellite_conflict";
    public const string StationConflict = "station_conflict";
    public const string LinkConflict = "link_conflict";
    public const string BookingOverlap = "booking_overlap";
    public const string BookingMissing = "booking_missing";
    public const string SegmentsWrong = "segments_wrong";
    public const string ComputeMismatch = "compute_mismatch";
    public const string ComputeTooFast = "compute_too_fast";
    public const string LightWrong = "light_wrong";
    public const string DurationMismatch = "duration_mismatch";
    public const string ReserveTouched = "reserve_touched";
    public const string TooHot = "too_hot";
    public const string MakespanWrong = "makespan_wrong";
    public const string HorizonExceeded = "horizon_exceeded";
    public const string DeadlineExceeded = "deadline_exceeded";
    public const string PriceWrong = "price_wrong";
    public const string LowerBoundWrong = "lower_bound_wrong";
    public const string ReasonsWrong = "reasons_wrong";
}
