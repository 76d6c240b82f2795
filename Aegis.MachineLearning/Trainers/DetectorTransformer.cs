using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>A fitted detector in an ML.NET pipeline. It adds the columns <c>Score</c> (float) and <c>PredictedLabel</c>
/// (bool) to a table, row by row as the table is read.</summary>
/// <param name="featureColumn">The column to read: a vector of floats.</param>
/// <param name="threshold">The score from which <c>PredictedLabel</c> is true; infinite if it never is.</param>
public abstract class DetectorTransformer(string featureColumn, double threshold) : ITransformer, IBlockScorer
{
    internal const string ScoreColumn = "Score";
    internal const string LabelColumn = "PredictedLabel";
    private const int BlockRows = 256;

    /// <summary>The column to read.</summary>
    public string FeatureColumn { get; } = featureColumn;

    /// <summary>The score from which <c>PredictedLabel</c> is true.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public abstract int Columns { get; }

    /// <inheritdoc/>
    public virtual int ScratchLength => 0;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>The kind of detector, for a saved file.</summary>
    internal abstract DetectorKind Kind { get; }

    /// <summary>Reads what <see cref="Save(Stream)"/> wrote.</summary>
    /// <exception cref="FraudModelFormatException">The file is damaged, cut short, or no detector.</exception>
    public static DetectorTransformer Load(Stream stream) => DetectorFile.Read(stream);

    /// <summary>Reads what <see cref="Save(string)"/> wrote.</summary>
    /// <exception cref="FraudModelFormatException">The file is damaged, cut short, or no detector.</exception>
    public static DetectorTransformer Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file);
    }

    /// <summary>Writes the detector to a file.</summary>
    public void Save(string path)
    {
        using var file = File.Create(path);
        Save(file);
    }

    /// <summary>Writes the detector to a stream.</summary>
    public void Save(Stream stream) => stream.Write(DetectorFile.Write(this));

    /// <summary>The same detector over the ONNX Runtime, which <c>mlContext.Model.Save</c> accepts. It adds
    /// <c>Score</c>, a vector of one float that agrees to about a millionth.</summary>
    /// <param name="context">The ML.NET context.</param>
    /// <param name="file">The .onnx file to write. ML.NET copies it into its zip when it saves, so keep the file until then.</param>
    /// <exception cref="NotSupportedException">ONNX has no operators for the detector; the message says why.</exception>
    public ITransformer ToOnnx(MLContext context, string file)
    {
        ArgumentNullException.ThrowIfNull(context);
        File.WriteAllBytes(file, ToOnnxBytes(FeatureColumn, ScoreColumn));
        return OnnxChain.Of(context, file, FeatureColumn, Columns, ScoreColumn);
    }

    /// <summary>The bytes of an .onnx file.</summary>
    /// <param name="input">The name of the input matrix.</param>
    /// <param name="output">The name of the output column.</param>
    /// <exception cref="NotSupportedException">ONNX has no operators for the detector; the message says why.</exception>
    public abstract byte[] ToOnnxBytes(string input, string output);

    /// <inheritdoc/>
    public abstract void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new DetectorMapper(this, inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new DetectorMapper(this, inputSchema);

    /// <summary>The table with the two extra columns. Nothing is computed before it is read.</summary>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredView(new DetectorMapper(this, input.Schema), input);
    }

    /// <summary>Always throws, because ML.NET writes only its own components.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("ML.NET's zip holds no Aegis detector; save it by its own Save, or save what ToOnnx gives.");

    /// <summary>Scores all rows, on all cores.</summary>
    internal double[] ScoreAll(float[] rows)
    {
        var count = rows.Length / Columns;
        var scores = new double[count];
        Parallel.For(0, (count + BlockRows - 1) / BlockRows, () => new float[ScratchLength], (block, _, scratch) =>
        {
            var start = block * BlockRows;
            var length = Math.Min(BlockRows, count - start);
            Score(rows.AsSpan(start * Columns, length * Columns), length, scores.AsSpan(start, length), scratch);
            return scratch;
        }, _ => { });
        return scores;
    }
}
