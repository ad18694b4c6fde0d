namespace Orrery.Orbits;

/// <summary>Orbital elements that cannot be read; the message says where and what would be right.</summary>
public sealed class ElementFormatException : FormatException
{
    public ElementFormatException(string message, int line, int? column, string field, Exception? cause = null)
        : base(message, cause)
    {
        Line = line;
        Column = column;
        Field = field;
    }

    /// <summary>Line of the text, from 1; for OMM the position of the element in the array, from 1.</summary>
    public int Line { get; }

    /// <summary>First column of the field, from 1; null for OMM and for faults of a whole line.</summary>
    public int? Column { get; }

    /// <summary>The field's name, or the OMM member.</summary>
    public string Field { get; }
}
