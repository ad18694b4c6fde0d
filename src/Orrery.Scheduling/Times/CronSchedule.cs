using System.Diagnostics.CodeAnalysis;

namespace Orrery.Scheduling;

/// <summary>A five-field cron expression as Vixie's cron reads it, in UTC.</summary>
/// <remarks>
/// Not Quartz's CronExpression: that wants a sixth field for seconds, a <c>?</c> in one of the two day fields, counts Sunday as 1, and so
/// has no way to say "the 13th or a Friday", which is what two restricted day fields mean here.
/// </remarks>
public sealed class CronSchedule
{
    // The calendar repeats after 400 years; 29 February on a given weekday comes within 40.
    private const int SearchYears = 40;

    private readonly CronField minutes;
    private readonly CronField hours;
    private readonly CronField days;
    private readonly CronField months;
    private readonly CronField weekdays;

    private CronSchedule(CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays) =>
        (this.minutes, this.hours, this.days, this.months, this.weekdays) = (minutes, hours, days, months, weekdays);

    /// <summary>Parses minute, hour, day of the month, month, day of the week.</summary>
    /// <param name="text">Fields separated by blanks: lists, ranges, steps, JAN–DEC, SUN–SAT; 0 and 7 are Sunday.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="error">What is wrong, in a sentence without a full stop.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out string? error)
    {
        schedule = null;
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            error = $"a cron expression has five fields (minute hour day month weekday), this has {fields.Length}";
            return false;
        }
        if (CronField.TryParse(fields[0], CronFieldKind.Minute, out var minutes, out error)
            && CronField.TryParse(fields[1], CronFieldKind.Hour, out var hours, out error)
            && CronField.TryParse(fields[2], CronFieldKind.Day, out var days, out error)
            && CronField.TryParse(fields[3], CronFieldKind.Month, out var months, out error)
            && CronField.TryParse(fields[4], CronFieldKind.Weekday, out var weekdays, out error))
        {
            schedule = new(minutes, hours, days, months, weekdays);
            return true;
        }
        error ??= "not a cron expression";
        return false;
    }

    /// <summary>The first firing strictly after an instant; null when there is none, as for 30 February.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = after.UtcDateTime;
        if (from > DateTime.MaxValue.AddYears(-1))
            return null;
        var day = from.Date;
        var minute = (int)((from.Ticks - day.Ticks) / TimeSpan.TicksPerMinute) + 1;
        var last = day.Year > DateTime.MaxValue.Year - SearchYears ? DateTime.MaxValue.Date : day.AddYears(SearchYears);
        while (day < last)
        {
            if (!months.Has(day.Month))
            {
                (day, minute) = (new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1), 0);
                continue;
            }
            if (IsDay(day) && FirstMinute(minute) is { } found)
                return new DateTimeOffset(day, TimeSpan.Zero).AddMinutes(found);
            (day, minute) = (day.AddDays(1), 0);
        }
        return null;
    }

    private bool IsDay(DateTime day)
    {
        var (byDate, byWeekday) = (days.Has(day.Day), weekdays.Has((int)day.DayOfWeek));
        return days.Restricted && weekdays.Restricted ? byDate || byWeekday : byDate && byWeekday;
    }

    /// <summary>The first minute of the day, from 0, that fires and is not before the given one.</summary>
    private int? FirstMinute(int from)
    {
        for (var hour = from / 60; hour < 24; hour++)
        {
            if (!hours.Has(hour))
                continue;
            for (var minute = hour == from / 60 ? from % 60 : 0; minute < 60; minute++)
            {
                if (minutes.Has(minute))
                    return hour * 60 + minute;
            }
        }
        return null;
    }
}
