namespace Aegis.Core.Features;

/// <summary>Turns feature vectors into model inputs: robust z scores, only the suspicious side of one-sided features, one-hot kinds.</summary>
public sealed class FeatureScaler
{
    private static readonly int[] ScaledFeatures = Positions(ModelRole.Scaled);
    private static readonly int[] OneHotFeatures = Positions(ModelRole.OneHot);

    // What a side does to z: its sign, and the least that is kept of it.
    private static readonly float[] Signs = [.. ScaledFeatures.Select(i => FeatureSchema.All[i].Side == SuspiciousSide.Low ? -1f : 1f)];
    private static readonly float[] Floors = [.. ScaledFeatures.Select(i => FeatureSchema.All[i].Side == SuspiciousSide.None ? float.NegativeInfinity : 0f)];
    private static readonly int[] OneHotLevels = [.. OneHotFeatures.Select(i => FeatureSchema.All[i].Levels)];

    private readonly float[] _centres;
    private readonly float[] _scales;

    /// <param name="centres">Median per scaled feature.</param>
    /// <param name="scales">Spread per scaled feature, above 0.</param>
    public FeatureScaler(float[] centres, float[] scales)
    {
        if (centres.Length != ScaledFeatures.Length || scales.Length != ScaledFeatures.Length)
        {
            throw new ArgumentException($"{centres.Length} centres and {scales.Length} scales; allowed: {ScaledFeatures.Length} of each.");
        }

        _centres = centres;
        _scales = scales;
    }

    /// <summary>The number of model inputs.</summary>
    public static int InputCount { get; } = ScaledFeatures.Length + OneHotFeatures.Sum(i => FeatureSchema.All[i].Levels);

    /// <summary>For each model input the feature it comes from.</summary>
    public static int[] FeatureOfInput { get; } =
        [.. ScaledFeatures, .. OneHotFeatures.SelectMany(i => Enumerable.Repeat(i, FeatureSchema.All[i].Levels))];

    /// <summary>Medians, one per scaled feature.</summary>
    public ReadOnlySpan<float> Centres => _centres;

    /// <summary>Spreads, one per scaled feature.</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>Fits medians and spreads (interquartile range / 1.349, else the standard deviation) on rows of features.</summary>
    /// <param name="rows">Row after row, <see cref="FeatureSchema.Count"/> values each; at least one row.</param>
    public static FeatureScaler Fit(ReadOnlySpan<float> rows)
    {
        var rowCount = rows.Length / FeatureSchema.Count;
        var centres = new float[ScaledFeatures.Length];
        var scales = new float[ScaledFeatures.Length];
        var column = new float[rowCount];
        for (var input = 0; input < ScaledFeatures.Length; input++)
        {
            for (var row = 0; row < rowCount; row++)
            {
                column[row] = rows[(row * FeatureSchema.Count) + ScaledFeatures[input]];
            }

            Array.Sort(column);
            centres[input] = column[rowCount / 2];
            scales[input] = Spread(column);
        }

        return new FeatureScaler(centres, scales);
    }

    /// <summary>Encodes one row.</summary>
    /// <param name="features"><see cref="FeatureSchema.Count"/> values.</param>
    /// <param name="inputs">Receives <see cref="InputCount"/> values.</param>
    public void Encode(ReadOnlySpan<float> features, Span<float> inputs)
    {
        var scaled = ScaledFeatures;
        for (var i = 0; i < scaled.Length; i++)
        {
            inputs[i] = Math.Max(Floors[i], Signs[i] * ((features[scaled[i]] - _centres[i]) / _scales[i]));
        }

        inputs[scaled.Length..InputCount].Clear();
        var next = scaled.Length;
        for (var i = 0; i < OneHotFeatures.Length; i++)
        {
            inputs.Slice(next, OneHotLevels[i])[(int)features[OneHotFeatures[i]]] = 1;
            next += OneHotLevels[i];
        }
    }

    /// <summary>Encodes many rows, one after another.</summary>
    public float[] EncodeAll(ReadOnlySpan<float> rows)
    {
        var inputs = new float[rows.Length / FeatureSchema.Count * InputCount];
        EncodeAll(rows, inputs);
        return inputs;
    }

    /// <summary>Encodes many rows, one after another.</summary>
    /// <param name="rows"><see cref="FeatureSchema.Count"/> values each.</param>
    /// <param name="inputs">Receives <see cref="InputCount"/> values each.</param>
    public void EncodeAll(ReadOnlySpan<float> rows, Span<float> inputs)
    {
        while (!rows.IsEmpty)
        {
            Encode(rows[..FeatureSchema.Count], inputs[..InputCount]);
            rows = rows[FeatureSchema.Count..];
            inputs = inputs[InputCount..];
        }
    }

    private static float Spread(float[] sorted)
    {
        var range = sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4];
        if (range > 1e-6f)
        {
            return range / 1.349f;
        }

        var mean = sorted.Average(v => (double)v);
        var deviation = Math.Sqrt(sorted.Average(v => (v - mean) * (v - mean)));
        return deviation > 1e-6 ? (float)deviation : 1;
    }

    private static int[] Positions(ModelRole role) =>
        [.. Enumerable.Range(0, FeatureSchema.Count).Where(i => FeatureSchema.All[i].Role == role)];
}
