namespace Aegis.Datasets.Maps;

/// <summary>Which values of a label column mean fraud and which genuine; any other value is a fault. Case does not matter.</summary>
/// <param name="Positive">Values that mean fraud; <see cref="Others"/> for all that are not negative.</param>
/// <param name="Negative">Values that mean genuine; <see cref="Others"/> for all that are not positive.</param>
internal sealed record LabelValues(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative)
{
    /// <summary>Stands for every value that the other list lacks.</summary>
    public const string Others = "*";

    /// <summary>Without a word from the map: 1 and true, 0 and false.</summary>
    public static readonly LabelValues Usual = new(["1", "true"], ["0", "false"]);

    /// <summary>The values as a message shows them.</summary>
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
