namespace Aegis.Datasets.Maps;

/// <summary>The source of one field and its format. Its text comes from the column or template and is looked up in
/// <see cref="Values"/>. If it is then empty, <see cref="Constant"/> replaces it. Then it is read.</summary>
internal sealed record FieldMap
{
    /// <summary>The column's name in the header.</summary>
    public string? Column { get; init; }

    /// <summary>A text made of several columns or of the line's number.</summary>
    public FieldTemplate? Template { get; init; }

    /// <summary>The value if there is no column, the cell is empty, or <see cref="Values"/> lacks the cell's text.</summary>
    public string? Constant { get; init; }

    /// <summary>A map from text to value, for example from category names to codes. An empty value stands for none.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>True if a file may lack the column; every cell is then empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The format of a time.</summary>
    public TimeFormat Time { get; init; } = TimeFormat.Iso;

    /// <summary>The format of an amount or a number.</summary>
    public NumberFormat Number { get; init; } = NumberFormat.Plain;

    /// <summary>True if an amount is in major units (41.20) instead of minor ones (4120).</summary>
    public bool IsMajor { get; init; }

    /// <summary>True if an amount below zero, in parentheses or with CR behind it is a refund, instead of a fault.</summary>
    public bool HasRefunds { get; init; }

    /// <summary>True if fractions of a minor unit are rounded instead of refused.</summary>
    public bool IsRounded { get; init; }

    /// <summary>The values of a label and their meaning.</summary>
    public LabelValues Labels { get; init; } = LabelValues.Usual;
}
