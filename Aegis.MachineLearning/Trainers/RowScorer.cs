using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Scores the current row of a source, once, however often it is asked. One thread.</summary>
internal sealed class RowScorer(DetectorTransformer detector, DataViewRow source, DataViewSchema.Column features)
{
    private readonly ValueGetter<VBuffer<float>> _features = source.GetGetter<VBuffer<float>>(features);
    private readonly float[] _dense = new float[detector.Columns];
    private readonly float[] _scratch = new float[detector.ScratchLength];
    private VBuffer<float> _vector;
    private long _position = -1;
    private double _score;

    public void Score(ref float value) => value = (float)Current();

    public void Label(ref bool value) => value = Current() >= detector.Threshold;

    private double Current()
    {
        if (_position != source.Position)
        {
            _features(ref _vector);
            _vector.CopyTo(_dense);
            detector.Score(_dense, 1, new Span<double>(ref _score), _scratch);
            _position = source.Position;
        }

        return _score;
    }
}
