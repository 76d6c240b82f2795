namespace Aegis.Datasets.Maps;

/// <summary>The values of a label column that mean fraud, and those that mean genuine. Any other value is a fault. Case
/// does not matter.</summary>
/// <param name="Positive">Values that mean fraud; <see cref="Others"/> for all that are not negative.</param>
/// <param name="Negative">Values that mean genuine; <see cref="Others"/> for all that are not positive.</param>
internal sealed record LabelValues(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative)
{
    /// <summary>Stands for every value that the other list lacks.</summary>
    public const string Others = "*";

    /// <summary>The values if the map names none: 1 and true, 0 and false.</summary>
    public static readonly LabelValues Usual = new(["1", "true"], ["0", "false"]);

    /// <summary>The values for messages.</summary>
    public string Allowed => $"{string.Join(", ", Positive)} for fraud, {string.Join(", ", Negative)} for genuine";

    /// <summary>Reads a value.</summary>
    public bool TryParse(string text, out bool isFraud)
    {
        var isGenuine = Holds(Negative, text);
        isFraud = Holds(Positive, text) || (!isGenuine && Positive.Contains(Others));
        return isFraud || isGenuine || Negative.Contains(Others);
    }

    private static bool Holds(IReadOnlyList<string> values, string text) =>
        values.Contains(text, StringComparer.OrdinalIgnoreCase) && text != Others;
}
