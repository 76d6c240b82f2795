namespace Aegis.Dashboard.Charts;

/// <summary>Spaces the marks of a value axis that begins at 0.</summary>
internal static class AxisScale
{
    private const int MaxMarks = 5;

    /// <summary>The distance between two marks: 1, 2 or 5 times a power of ten, 1 or more. At most five marks lie
    /// between 0 and the largest value.</summary>
    /// <param name="largest">The largest value shown. NaN, and values that are not above 0, count as 0.</param>
    public static int Step(double largest)
    {
        if (!double.IsFinite(largest) || largest <= MaxMarks)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(largest / MaxMarks)));
        var factor = (largest / MaxMarks / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return (int)Math.Min(int.MaxValue, factor * power);
    }

    /// <summary>A mark's label: 12,000 is 12k, 3,500,000 is 3.5M.</summary>
    public static string Label(double value) => Math.Abs(value) switch
    {
        >= 1e9 => $"{value / 1e9:0.##}G",
        >= 1e6 => $"{value / 1e6:0.##}M",
        >= 1e4 => $"{value / 1e3:0.##}k",
        _ => $"{value:N0}",
    };
}
